import type { Profile } from '../config/privacy-config.ts'
import { describeFile } from './describe-file.ts'
import type { Description, SpooledFile } from './described-file.ts'

/** Work of this folder for a thread; who carries it there and back does not look inside. */
export interface DescribeTask {
  readonly kind: 'describe'
  readonly file: SpooledFile
  readonly profile: Profile
}

export type DicomTask = DescribeTask

/** Runs tasks elsewhere; answers and errors come back as from `dicomTask`. */
export interface DicomThreads {
  run(task: DicomTask): Promise<unknown>
  /** How many run at once. */
  readonly threads: number
}

export function dicomTask(task: DicomTask): Promise<unknown> {
  return describeFile(task.file, task.profile)
}

export async function describeIn(
  threads: DicomThreads,
  file: SpooledFile,
  profile: Profile,
): Promise<Description> {
  return (await threads.run({ kind: 'describe', file, profile })) as Description
}

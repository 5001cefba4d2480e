import { describeFile } from './describe-file.ts'
import type { Description, SpooledFile } from './described-file.ts'

/** Work of this folder for a thread; who carries it there and back does not look inside. */
export interface DescribeTask {
  readonly kind: 'describe'
  readonly file: SpooledFile
}

export type DicomTask = DescribeTask

/** Runs tasks elsewhere; answers and errors come back as from `dicomTask`. */
export interface DicomThreads {
  run(task: DicomTask): Promise<unknown>
  /** How many run at once. */
  readonly threads: number
}

export function dicomTask(task: DicomTask): Promise<unknown> {
  return describeFile(task.file)
}

export async function describeIn(threads: DicomThreads, file: SpooledFile): Promise<Description> {
  return (await threads.run({ kind: 'describe', file })) as Description
}

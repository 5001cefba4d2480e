import type { Profile } from '../config/privacy-config.ts'
import { describeFile } from './describe-file.ts'
import type { Description, SpooledFile } from './described-file.ts'
import { DicomError } from './problem.ts'

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

const tooLong =
  'Reading the description of the image takes too long: it is damaged, or not an image.'

export async function describeIn(
  threads: DicomThreads,
  file: SpooledFile,
  profile: Profile,
): Promise<Description> {
  try {
    return (await threads.run({ kind: 'describe', file, profile })) as Description
  } catch (error) {
    if (!(error instanceof Error && error.name === 'AbortError')) throw error
    const { code, message } = new DicomError('too-large', tooLong)
    return { refused: { code, message, fileIndex: file.fileIndex } }
  }
}

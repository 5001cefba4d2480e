import { type DicomThreads, dicomTask } from '../dicom-task.ts'

/** Tasks as worker threads run them, without the threads. */
export const inThisThread: DicomThreads = { threads: 2, run: dicomTask }

export type { AssembledSeries } from './assemble/assemble-series.ts'
export { type DoubtfulSlice, hideText, withMasks } from './burned-in/hide-text.ts'
export { inspectSlice, type SliceText } from './burned-in/inspect-slice.ts'
export { decodeSlice } from './decode/decode-slice.ts'
export { decodeLabelSlice } from './derived/decode-label-slice.ts'
export type { AssembledLabel, LabelSliceSource } from './derived/label.ts'
export type { SpooledFile } from './described-file.ts'
export { type DicomTask, type DicomThreads, dicomTask } from './dicom-task.ts'
export { PacsSender } from './findings/pacs-sender.ts'
export { DicomError } from './problem.ts'
export { type ImportReading, type ReadStudy, readStudy } from './read-study.ts'
export { SealedReader, sealing } from './sealed-file.ts'
export type { PixelBox, SliceSource } from './slice-source.ts'
export { derivedKey, seal, unseal } from './vault/seal.ts'
export {
  type SealedOrigin,
  type SealedPatient,
  Vault,
  type VaultRepository,
} from './vault/vault.ts'
export type { VerifierFinding } from './verify/finding.ts'
export type { VerifiedText } from './verify/verify-texts.ts'

export { ReadFailure } from '../voxels/read-failure.ts'
export { nextRetryDelayMs, ZarrSource } from '../voxels/zarr-source.ts'

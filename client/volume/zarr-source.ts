export { ZarrSource } from '../voxels/zarr-source.ts'

import type { Transform, Vec3 } from '../../shared/geometry/transform.ts'
import type { VoxelData } from '../../shared/volume/half-float.ts'

/** In the worker: the decoded chunks of one level of a volume or of a label map. */
export interface LevelChunks {
  readonly dims: Vec3
  /** Voxels of a chunk along i, j, k; the outermost ones stick out. */
  readonly chunkDims: Vec3
  readonly patientFromVoxel: Transform<'patient', 'voxel'>
  /** x fastest; undefined while it is not here. `at` counts chunks along i, j, k. */
  peek(at: Vec3): VoxelData | undefined
  /**
   * Brings what is missing, in this order, before everything less urgent. They stay until others
   * need the room. Throws a ReadFailure, or the signal's reason.
   */
  bring(chunks: readonly Vec3[], options: { urgent: boolean; signal: AbortSignal }): Promise<void>
}

/** In the worker: everything of one volume, bounded. */
export interface ChunkShelf {
  /** Finest first. */
  readonly levels: readonly LevelChunks[]
  /** Finest first. Throws a RangeError on a label that the manifest does not have. */
  label(labelId: string): readonly LevelChunks[]
}

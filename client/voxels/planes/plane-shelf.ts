import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ChunkShelf } from '../chunk-shelf.ts'

/** A shelf, and what has to be known of its volume to read its voxels. */
export interface PlaneShelf extends ChunkShelf {
  readonly manifest: Pick<VolumeManifest, 'paddingValue' | 'labels'>
}

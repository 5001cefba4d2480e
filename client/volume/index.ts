export type { ClippingPlane } from '../../shared/volume/sampling.ts'
export type { Lighting, Probe } from './march-material.ts'
export { placeInWorld } from './place.ts'
export {
  openStreamedVolume,
  type StreamedVolume,
  type StreamedVolumeOptions,
  type StreamedVolumeProgress,
} from './streamed-volume.ts'
export type { Quality } from './volume-drawing.ts'
export { createVolumeRenderer } from './volume-in-memory.ts'
export type { VolumeRenderer, VolumeRendererOptions } from './volume-renderer.ts'
export type { VolumeSource } from './volume-source.ts'

import type { FractionMap } from '../../../shared/volume/surface.ts'
import type { SegmentSurface } from '../../../shared/volume/surface-label.ts'

/** To the worker; `map.data` is handed over. */
export interface MakeSurface {
  readonly request: number
  readonly map: FractionMap
}

/** From the worker. */
export type SurfaceMessage =
  | { request: number; state: 'made'; surface: SegmentSurface | undefined }
  | { request: number; state: 'failed' }

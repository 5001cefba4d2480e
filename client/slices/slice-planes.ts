import { boxCut } from '../../shared/geometry/box-cut.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { ConferenceView } from '../conference/conference-view.ts'
import { type PaneAxes, type PaneKind, paneAxes, paneKinds } from './pane-axes.ts'
import { type VoxelGrid, volumeBox } from './pane-frame.ts'

/** One of the slices beside the volume, as a frame in the volume or a panel in a headset shows it. */
export interface ShownPlane {
  readonly kind: PaneKind
  readonly axes: PaneAxes
  /** Where all of them meet, patient mm. */
  readonly crosshairMm: Vec3
  /** Where the plane cuts the volume's box: a polygon in order, patient mm; none where it misses. */
  readonly outlineMm: readonly Vec3[]
  /** CSS colour, the same in every pane. */
  readonly colour: string
}

/** Of the planes' lines and frames; no participant's hue. */
export const planeColours: Readonly<Record<PaneKind, string>> = {
  axial: '#ff9d8a',
  coronal: '#8fdc9a',
  sagittal: '#9db8ff',
  oblique: '#e8cf6e',
}

/** The four planes through the conference's crosshair. */
export function slicePlanes(
  view: Pick<ConferenceView, 'slicing'>,
  volume: VoxelGrid,
): readonly ShownPlane[] {
  const { corners, centreMm } = volumeBox(volume)
  const crosshairMm = view.slicing.crosshairMm ?? centreMm
  return paneKinds.map((kind) => {
    const axes = paneAxes(kind, view.slicing.obliqueRotation)
    const outlineMm = boxCut(corners, axes.normal, dot(axes.normal, crosshairMm))
    return { kind, axes, crosshairMm, outlineMm, colour: planeColours[kind] }
  })
}

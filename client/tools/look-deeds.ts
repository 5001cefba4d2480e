import { mostSegmentsAtOnce, type SegmentLook } from '../../shared/conference/looks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeLabel, VolumeManifest } from '../../shared/volume/manifest.ts'
import { windowsFor } from '../../shared/volume/presets-window.ts'
import { type RenderMode, renderModes } from '../../shared/volume/render-mode.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import { wholeBox } from '../scene/crop-handles-box.ts'

/** What one press does to the look, of a key or an item of a headset's menu: one command each. */
type Session = Pick<ConferenceSession, 'command' | 'getSnapshot'>

/** A surface opens at the value that is kept, or in the middle of the window. */
export function setMode(session: Session, renderMode: RenderMode): void {
  const { isoValue, window } = session.getSnapshot()
  const opens = renderMode === 'isosurface' && { isoValue: isoValue || window.windowCenter }
  void session.command({ type: 'setRenderMode', renderMode, ...opens })
}

export function nextMode(session: Session): void {
  const at = renderModes.indexOf(session.getSnapshot().renderMode)
  setMode(session, renderModes[(at + 1) % renderModes.length] ?? 'composite')
}

/** Off, or on as it was: around the whole volume at first. `corners`: of its box, patient mm. */
export function toggleCropBox(session: Session, corners: readonly Vec3[]): void {
  const { cropBox } = session.getSnapshot()
  const { minMm, maxMm } = cropBox ?? wholeBox(corners)
  void session.command({ type: 'setCropBox', minMm, maxMm, enabled: !cropBox?.enabled })
}

/** One of the windows that such a volume is read in, counted from 0; nothing where there is none. */
export function setNamedWindow(session: Session, volume: VolumeManifest, n: number): void {
  const named = windowsFor(volume)[n]
  if (named) void session.command({ type: 'setWindow', ...named.window })
}

export interface ListedSegment {
  readonly label: VolumeLabel
  readonly look: SegmentLook
}

/** The segments of a volume; what nobody has shown yet is hidden. */
export function segmentsOf(
  { volumeId, labels = [] }: Pick<VolumeManifest, 'volumeId' | 'labels'>,
  looks: readonly SegmentLook[],
): readonly ListedSegment[] {
  return labels.map((label) => {
    const { labelId } = label
    const found = looks.find((look) => look.volumeId === volumeId && look.labelId === labelId)
    return { label, look: found ?? { volumeId, labelId, visible: false, opacity: 1 } }
  })
}

export function showSegments(
  session: Session,
  looks: readonly SegmentLook[],
  visible: boolean,
): void {
  const segments = looks.map((look) => ({ ...look, visible, opacity: look.opacity || 1 }))
  if (segments.length === 0) return
  void session.command({ type: 'setSegments', segments: segments.slice(0, mostSegmentsAtOnce) })
}

/** All of them, or none where all are shown. */
export function toggleSegments(session: Session, volume: VolumeManifest): void {
  const looks = segmentsOf(volume, session.getSnapshot().segments).map(({ look }) => look)
  showSegments(
    session,
    looks,
    looks.some(({ visible }) => !visible),
  )
}

/** As far again as they are from the middle of all, or back in their places. */
export function toggleExplode(session: Session): void {
  const { explode } = session.getSnapshot()
  void session.command({ type: 'setExplode', explode: explode > 0 ? 0 : 1 })
}

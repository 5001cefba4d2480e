import { boxCorners } from '../../../shared/geometry/box-cut.ts'
import { transform } from '../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import { type ActionId, actions, type ShortcutId } from '../../tools/actions.ts'
import {
  addPlane,
  flipLastPlane,
  lifeSize,
  nextPreset,
  removeLastPlane,
} from '../../tools/deeds.ts'
import {
  nextMode,
  setNamedWindow,
  toggleCropBox,
  toggleExplode,
  toggleSegments,
} from '../../tools/look-deeds.ts'
import { planeKinds } from '../../tools/planes.ts'
import type { Hold, Shortcuts } from './use-shortcuts.ts'

type Run = (() => void) | Hold

/** A tool's key takes it. */
export const toolRuns = (choose: (tool: ToolId) => void) => ({
  turn: () => choose('turn'),
  move: () => choose('move'),
  scale: () => choose('scale'),
  laser: () => choose('laser'),
  point: () => choose('point'),
  arrow: () => choose('arrow'),
  text: () => choose('text'),
  probe: () => choose('probe'),
  length: () => choose('length'),
  angle: () => choose('angle'),
  ellipse: () => choose('ellipse'),
  freehand: () => choose('freehand'),
  clip: () => choose('clip'),
  window: () => choose('window'),
})

/** What one press of a key does to the shared view. */
export function viewRuns(session: ConferenceSession, modality: string) {
  return {
    'life-size': () => lifeSize(session),
    'reset-view': () => void session.command({ type: 'resetView' }),
    'flip-plane': () => flipLastPlane(session),
    'remove-plane': () => removeLastPlane(session),
    preset: () => nextPreset(session, modality),
    mode: () => nextMode(session),
    explode: () => toggleExplode(session),
    'take-lead': () => void session.command({ type: 'takePresenter' }),
  } satisfies Partial<Record<ActionId, Run>>
}

/** The table's shortcuts with what each runs, and those of the volume that is shown. */
export function actionKeys(
  runs: Readonly<Record<ShortcutId, Run>>,
  session: ConferenceSession,
  volume: VolumeManifest | undefined,
): Shortcuts {
  const keys = new Map<string, Run>()
  for (const action of actions) if ('shortcut' in action) keys.set(action.shortcut, runs[action.id])
  if (!volume) return keys
  const affine = transform<'patient', 'voxel'>(volume.patientFromVoxel)
  const corners = boxCorners(affine, volume.dims)
  for (const kind of planeKinds) {
    keys.set(`SHIFT+${kind.name[0]}`, () => void addPlane(session, kind, corners))
  }
  keys.set('SHIFT+B', () => toggleCropBox(session, corners))
  keys.set('SHIFT+G', () => toggleSegments(session, volume))
  // 1 is life size
  for (let n = 2; n <= 8; n++) keys.set(`${n}`, () => setNamedWindow(session, volume, n - 2))
  return keys
}

import type { ClippingPlane } from '../../shared/conference/event.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { presetsFor } from '../../shared/volume/presets.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import { flipped, newPlane, type PlaneKind, pushed, setPlane } from './planes.ts'
import { resized } from './scale.ts'
import { windowAfter } from './window-step.ts'

/**
 * What is done by one press: of a key, a button of the page or an item of a headset's menu. Each is
 * one command; one that may not be done now is refused in words by the session.
 */
type Session = Pick<ConferenceSession, 'command' | 'getSnapshot'>

/** `corners`: of the shown volume's box, patient mm. False where all six planes are in use. */
export function addPlane(session: Session, kind: PlaneKind, corners: readonly Vec3[]): boolean {
  const plane = newPlane(kind, session.getSnapshot().clippingPlanes, corners)
  if (plane) void session.command(setPlane(plane))
  return plane !== undefined
}

export function flipLastPlane(session: Session): void {
  withLastPlane(session, (plane) => void session.command(setPlane(flipped(plane))))
}

export function pushLastPlane(session: Session, mm: number, corners: readonly Vec3[]): void {
  withLastPlane(session, (plane) => void session.command(setPlane(pushed(plane, mm, corners))))
}

export function removeLastPlane(session: Session): void {
  withLastPlane(session, ({ planeId }) => {
    void session.command({ type: 'removeClippingPlane', planeId })
  })
}

/** A millimetre is a millimetre again, where the volume stands. */
export function lifeSize(session: Session): void {
  const { position, rotation, scale } = resized(session.getSnapshot().volumePose, 1)
  void session.command({ type: 'setVolumePose', position, rotation, scale })
}

/** The one after the chosen one, of those for this kind of image. */
export function nextPreset(session: Session, modality: string): void {
  const presets = presetsFor(modality)
  const at = presets.findIndex(({ presetId }) => presetId === session.getSnapshot().presetId)
  const next = presets[(at + 1) % presets.length]
  if (next) void session.command({ type: 'setPreset', presetId: next.presetId })
}

/** As a drag of so many pixels. */
export function stepWindow(session: Session, dx: number, dy: number): void {
  const window = windowAfter(session.getSnapshot().window, dx, dy)
  void session.command({ type: 'setWindow', ...window })
}

function withLastPlane({ getSnapshot }: Session, then: (plane: ClippingPlane) => void): void {
  const plane = getSnapshot().clippingPlanes.at(-1)
  if (plane) then(plane)
}

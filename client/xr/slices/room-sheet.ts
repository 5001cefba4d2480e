import type { RigidPose } from '../../../shared/geometry/grab.ts'
import { dot, length, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { SliceAt, SliceStroke } from '../../slices/slice-space.ts'
import type { SliceStation } from '../../slices/slice-station.ts'
import { sliceTools } from '../../slices/tools/index.ts'
import type { WorldRay } from '../hands/xr-hand.ts'
import type { PanelPane } from './panel-pane.ts'
import { type OnPlane, onSheet, onSlice, within } from './sheet-rays.ts'
import type { Sheet, SheetStroke } from './slice-hands.ts'
import { heldSheet, movedPlane } from './slice-hold.ts'
import { type SheetPart, sheetPx, slicePx } from './slice-sheet.ts'
import { railStroke, sliceStroke } from './slice-strokes.ts'

/** Tissue that lies so close before the slice is the slice's own. */
const beforeMm = 2
/** Following a ray through the volume is dear. */
const lookEveryMs = 33

/** The sheet where it is now: in the room, or in the patient. */
export class RoomSheet implements Sheet {
  pane: PanelPane | undefined
  inPatient = false
  /** In the room. */
  pose: WorldPose = { position: [0, 1.3, -0.6], rotation: [0, 0, 0, 1] }
  readonly #host: ImmersionHost
  readonly #station: SliceStation
  #looked: { ray: WorldRay; atMs: number; freeMm: number } | undefined

  constructor(host: ImmersionHost, station: SliceStation) {
    this.#host = host
    this.#station = station
  }

  hit(ray: WorldRay): { readonly at: SliceAt; readonly distanceM: number } | undefined {
    const met = this.#meet(ray)
    if (!met || !within(met.at, this.inPatient ? slicePx : sheetPx)) return undefined
    if (!this.inPatient) return { at: met.at, distanceM: met.distance }
    if (this.#freeMm(ray) < met.distance - beforeMm) return undefined
    return { at: met.at, distanceM: (met.distance / 1000) * this.#host.patient.pose.scale }
  }

  press(part: SheetPart, at: SliceAt): SheetStroke | undefined {
    const { pane } = this
    if (!pane) return undefined
    const stroke = part === 'rail' ? railStroke(pane, at) : sliceStroke(pane, this.#station, at)
    return stroke && this.#followed(stroke, at)
  }

  hold(grip: RigidPose): SheetStroke | undefined {
    return this.inPatient ? this.#holdPlane(grip) : this.#holdSheet(grip)
  }

  scroll(by: number, how: 'passing' | 'lasting'): void {
    this.pane?.scroll(by, how)
  }

  hover(at: SliceAt): void {
    const tool = sliceTools[this.#station.getNow().tool]
    const space = tool?.hover && this.pane?.space()
    if (space) tool?.hover?.(space, at)
  }

  away(): void {
    const tool = sliceTools[this.#station.getNow().tool]
    const space = tool?.away && this.pane?.space()
    if (space) tool?.away?.(space)
  }

  #meet(ray: WorldRay): OnPlane | undefined {
    if (!this.inPatient) return onSheet(ray, this.pose)
    const { patient } = this.#host
    const frame = this.pane?.frame
    return frame && onSlice(patient.rayToPatient(ray), frame)
  }

  /** How far the ray goes before it meets tissue that can be seen. */
  #freeMm(ray: WorldRay): number {
    const nowMs = performance.now()
    const before = this.#looked
    const same = before && length(subtract(before.ray.direction, ray.direction)) < 0.005
    if (same && nowMs - before.atMs < lookEveryMs) return before.freeMm
    const inPatient = this.#host.patient.rayToPatient(ray)
    const hit = this.#host.firstVisible(inPatient)
    const freeMm = hit ? dot(subtract(hit, inPatient.origin), inPatient.direction) : Infinity
    this.#looked = { ray, atMs: nowMs, freeMm }
    return freeMm
  }

  /** The stroke goes where the ray meets the sheet's plane, also beside the sheet. */
  #followed(stroke: SliceStroke, from: SliceAt): SheetStroke {
    let last = from
    const at = (ray: WorldRay | undefined) => {
      last = (ray && this.#meet(ray)?.at) ?? last
      return last
    }
    return {
      move: ({ ray }) => stroke.move(at(ray)),
      end: ({ ray }) => stroke.end(at(ray)),
      cancel: () => stroke.cancel(),
    }
  }

  #holdSheet(from: RigidPose): SheetStroke {
    const held = this.pose
    const to = (grip: RigidPose | undefined) => {
      if (grip) this.pose = heldSheet(held, from, grip)
    }
    return {
      move: ({ grip }) => to(grip),
      end: ({ grip }) => to(grip),
      cancel: () => undefined,
    }
  }

  #holdPlane(from: RigidPose): SheetStroke | undefined {
    const { pane } = this
    if (!pane?.frame) return undefined
    const { axes } = pane.frame
    const { crosshairMm, slicing } = this.#station.getNow()
    const { obliqueRotation } = slicing
    const held = { kind: pane.kind, axes, crosshairMm, obliqueRotation }
    const to = (grip: RigidPose | undefined, how: 'passing' | 'lasting') => {
      const moved = grip ? movedPlane(held, from, grip, this.#host.patient) : {}
      this.#station.move(moved, how)
    }
    return {
      move: ({ grip }) => to(grip, 'passing'),
      end: ({ grip }) => to(grip, 'lasting'),
      cancel: () => this.#station.move({ crosshairMm, obliqueRotation }, 'lasting'),
    }
  }
}

import type { ClippingPlane } from '../../../shared/conference/event.ts'
import { dot } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { PaneKind } from '../../slices/pane-axes.ts'
import { planeColours } from '../../slices/slice-planes.ts'
import type { SliceStation } from '../../slices/slice-station.ts'
import type { Side, XrHand } from '../hands/xr-hand.ts'
import { PanelBeams } from '../panel/panel-beams.ts'
import type { RoomSpace } from '../room-space.ts'
import { PanelPane } from './panel-pane.ts'
import { RoomSheet } from './room-sheet.ts'
import { roomStation } from './room-station.ts'
import { type OnSheet, SliceHands } from './slice-hands.ts'
import { SliceMesh } from './slice-mesh.ts'
import { besideThe } from './slice-place.ts'
import { type SheetPart, sheetRatio, slicePx } from './slice-sheet.ts'
import { drawSheet } from './slice-sheet-drawing.ts'

/** A canvas goes to the graphics no faster. */
const paintEveryMs = 50

const titles: Readonly<Record<PaneKind, string>> = {
  axial: 'Axial',
  coronal: 'Coronal',
  sagittal: 'Sagittal',
  oblique: 'Oblique',
}

const nothing: OnSheet = {
  taken: new Set(),
  holds: new Set(),
  scrolls: new Set(),
  beams: [],
  lit: undefined,
}

/**
 * One slice in the room, on a panel: held, left somewhere, or laid at its place in the volume, where
 * a hand that holds it moves the plane itself. The wearer's own choice; what the slice shows is the
 * conference's.
 */
export class RoomSlices {
  readonly station: SliceStation
  readonly #space: RoomSpace
  readonly #mesh: SliceMesh
  readonly #sheet: RoomSheet
  readonly #hands: SliceHands
  readonly #beams: PanelBeams
  #pane: PanelPane | undefined
  #stale = true
  #paintedAtMs = Number.NEGATIVE_INFINITY
  #lit: SheetPart | undefined
  #head: WorldPose = { position: [0, 1.6, 0], rotation: [0, 0, 0, 1] }

  constructor(space: RoomSpace) {
    this.#space = space
    const { scene } = space.host
    this.station = roomStation(space)
    this.#mesh = new SliceMesh(scene)
    this.#sheet = new RoomSheet(space.host, this.station)
    this.#hands = new SliceHands(this.#sheet)
    this.#beams = new PanelBeams(scene)
  }

  /** Undefined while none is shown. */
  get kind(): PaneKind | undefined {
    return this.#pane?.kind
  }

  get atItsPlace(): boolean {
    return this.#sheet.inPatient
  }

  /** In the room, while it does not lie in the patient; its own +z looks at the wearer. */
  get pose(): WorldPose {
    return this.#sheet.pose
  }

  /** Where the shown slice lies, as "H 23.4 mm". */
  get place(): string | undefined {
    return this.#pane?.status?.place
  }

  /** Of the patient: keeps what is beyond the slice, so that it is seen. */
  get plane(): Pick<ClippingPlane, 'normal' | 'offsetMm'> | undefined {
    const frame = this.#pane?.frame
    if (!frame) return undefined
    const { normal } = frame.axes
    return { normal, offsetMm: dot(normal, frame.middleMm) }
  }

  /** It appears beside the volume, and stays where it is left when another is chosen. */
  show(kind: PaneKind | undefined): void {
    if (kind === this.kind) return
    this.#hands.drop()
    if (!this.#pane) this.#sheet.pose = besideThe(this.#head)
    this.#pane?.dispose()
    this.#stale = true
    this.#pane =
      kind &&
      new PanelPane({
        kind,
        station: this.station,
        size: slicePx,
        ratio: sheetRatio,
        onChange: () => {
          this.#stale = true
        },
      })
    this.#sheet.pane = this.#pane
  }

  layAtItsPlace(inPatient: boolean): void {
    if (inPatient === this.#sheet.inPatient) return
    this.#hands.drop()
    this.#sheet.inPatient = inPatient
    if (!inPatient) this.#sheet.pose = besideThe(this.#head)
  }

  scroll(by: number, how: 'passing' | 'lasting'): void {
    this.#pane?.scroll(by, how)
  }

  /** `elsewhere`: hands that a menu has, or that hold the volume. */
  frame(
    { head, hands, nowMs }: { head: WorldPose; hands: readonly XrHand[]; nowMs: number },
    elsewhere: ReadonlySet<Side>,
  ): OnSheet {
    this.#head = head
    this.station.setTool(this.#space.host.tool())
    const on = this.#pane ? this.#hands.frame(hands, elsewhere, nowMs) : nothing
    this.#beams.begin()
    for (const { ray, distanceM } of on.beams) this.#beams.shine(ray, distanceM)
    this.#beams.end()
    if (on.lit !== this.#lit) this.#stale = true
    this.#lit = on.lit
    this.#show(nowMs)
    return on
  }

  /** Nothing of what hands did lasts. */
  drop(): void {
    this.#hands.drop()
  }

  dispose(): void {
    this.#hands.drop()
    this.#pane?.dispose()
    this.station.dispose()
    this.#beams.dispose()
    this.#mesh.dispose()
  }

  #show(nowMs: number): void {
    const pane = this.#pane
    const { patient } = this.#space.host
    if (!pane) {
      this.#mesh.hide()
      return
    }
    if (this.#stale && nowMs - this.#paintedAtMs >= paintEveryMs) this.#paint(pane, nowMs)
    if (!this.atItsPlace) this.#mesh.placeInRoom(this.#sheet.pose)
    else if (pane.frame) this.#mesh.placeInPatient(pane.frame, patient)
    else this.#mesh.hide()
  }

  #paint(pane: PanelPane, nowMs: number): void {
    this.#stale = false
    this.#paintedAtMs = nowMs
    this.#mesh.paint((context) => {
      pane.paint(context)
      const { kind, status } = pane
      drawSheet(context, {
        title: titles[kind],
        status,
        colour: planeColours[kind],
        lit: this.#lit,
      })
    })
  }
}

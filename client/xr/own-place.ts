import type { WebXRSessionManager } from '@babylonjs/core/XR/webXRSessionManager.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { WorldPose } from '../../shared/protocol/pose-sample.ts'
import type { Wearer } from './wearer.ts'
import {
  enteringPlace,
  goneTo,
  localFromWorld,
  recentred,
  seatToggled,
  turnedBy,
  type WearerPlace,
} from './wearer-place.ts'

const snapRadians = Math.PI / 6
/** The floor ends here, metres from its middle. */
const edgeM = 20

/**
 * The wearer's place in the room, as the reference space in which everything else is read: poses
 * are world by themselves. Nothing but the wearer's own wish changes it; a change counts from the
 * next frame.
 */
export class OwnPlace implements Wearer {
  readonly #manager: WebXRSessionManager
  readonly #floor: XRReferenceSpace
  readonly #entered: WearerPlace
  readonly #volume: () => Vec3
  readonly #onGoThere: () => void
  #place: WearerPlace
  #head: WorldPose | undefined

  constructor(parts: {
    manager: WebXRSessionManager
    floor: XRReferenceSpace
    /** The other wearers' heads at the entry. */
    heads: Iterable<Vec3>
    /** Where the volume's middle is now. */
    volume: () => Vec3
    onGoThere: () => void
  }) {
    this.#manager = parts.manager
    this.#floor = parts.floor
    this.#volume = parts.volume
    this.#onGoThere = parts.onGoThere
    this.#entered = enteringPlace(parts.heads)
    this.#place = this.#entered
    this.#apply()
  }

  get seated(): boolean {
    return this.#place.raisedM > 0
  }

  /** Each frame, before anybody asks for a move. */
  headAt(head: WorldPose): void {
    this.#head = head
  }

  recentre(): void {
    if (this.#head) this.#go(recentred(this.#place, this.#entered, this.#head, this.#volume()))
  }

  toggleSeated(): void {
    if (this.#head) this.#go(seatToggled(this.#place, this.#head.position[1]))
  }

  turn(towards: 'left' | 'right'): void {
    const radians = towards === 'left' ? snapRadians : -snapRadians
    if (this.#head) this.#go(turnedBy(this.#place, this.#head.position, radians))
  }

  goThere(): void {
    this.#onGoThere()
  }

  /** To a place of the floor, within the room. */
  goTo([x, , z]: Vec3): void {
    const within = (metres: number) => Math.min(edgeM, Math.max(-edgeM, metres))
    if (this.#head) this.#go(goneTo(this.#place, this.#head.position, [within(x), 0, within(z)]))
  }

  /** One frame sees one move: the head that a second one would start from is not known yet. */
  #go(place: WearerPlace): void {
    this.#place = place
    this.#head = undefined
    this.#apply()
  }

  #apply(): void {
    const { position: p, rotation: q } = localFromWorld(this.#place)
    const offset = new XRRigidTransform(
      { x: p[0], y: p[1], z: p[2] },
      { x: q[0], y: q[1], z: q[2], w: q[3] },
    )
    this.#manager.referenceSpace = this.#floor.getOffsetReferenceSpace(offset)
  }
}

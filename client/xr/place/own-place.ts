import { Quaternion } from '@babylonjs/core/Maths/math.vector.js'
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { Wearer } from './wearer.ts'
import {
  edgeM,
  enteringPlace,
  goneTo,
  recentred,
  seatToggled,
  turnedBy,
  type WearerPlace,
} from './wearer-place.ts'

const snapRadians = Math.PI / 6

/**
 * The wearer's place in the room. What a headset reports is world only by it: hands by `now`, eyes
 * by `node`, their camera's parent. Nothing but the wearer's own wish changes it, and a change
 * counts from the next frame: a frame knows one place.
 */
export class OwnPlace implements Wearer {
  /** Its local space is the headset's. */
  readonly node: TransformNode
  readonly #entered: WearerPlace
  readonly #volume: () => Vec3
  readonly #onGoThere: () => void
  readonly #aboveFloorM: number
  #wanted: WearerPlace
  #now: WearerPlace
  #head: WorldPose | undefined

  constructor(parts: {
    scene: Scene
    /** Of the headset's y = 0, before anybody sits. */
    aboveFloorM: number
    /** The other wearers' heads at the entry. */
    heads: Iterable<Vec3>
    /** Where the volume's middle is now. */
    volume: () => Vec3
    onGoThere: () => void
  }) {
    this.node = new TransformNode('wearer', parts.scene)
    this.#volume = parts.volume
    this.#onGoThere = parts.onGoThere
    this.#aboveFloorM = parts.aboveFloorM
    this.#entered = enteringPlace(parts.heads)
    this.#wanted = this.#entered
    this.#now = this.begin()
  }

  /** The place of this frame. */
  get now(): WearerPlace {
    return this.#now
  }

  get seated(): boolean {
    return this.#wanted.raisedM > 0
  }

  /** At the beginning of each frame. */
  begin(): WearerPlace {
    const { x, z, yaw, raisedM } = this.#wanted
    this.#now = { x, z, yaw, raisedM: raisedM + this.#aboveFloorM }
    this.node.position.set(x, this.#now.raisedM, z)
    this.node.rotationQuaternion = Quaternion.RotationYawPitchRoll(yaw, 0, 0)
    return this.#now
  }

  /** Each frame, before anybody asks for a move. */
  headAt(head: WorldPose): void {
    this.#head = head
  }

  recentre(): void {
    if (this.#head) this.#go(recentred(this.#wanted, this.#entered, this.#head, this.#volume()))
  }

  toggleSeated(): void {
    if (this.#head) this.#go(seatToggled(this.#wanted, this.#head.position[1]))
  }

  turn(towards: 'left' | 'right'): void {
    const radians = towards === 'left' ? snapRadians : -snapRadians
    if (this.#head) this.#go(turnedBy(this.#wanted, this.#head.position, radians))
  }

  goThere(): void {
    this.#onGoThere()
  }

  /** To a place of the floor, within the room. */
  goTo([x, , z]: Vec3): void {
    const within = (metres: number) => Math.min(edgeM, Math.max(-edgeM, metres))
    if (this.#head) this.#go(goneTo(this.#wanted, this.#head.position, [within(x), 0, within(z)]))
  }

  dispose(): void {
    this.node.dispose(true)
  }

  /** One frame takes one move: where the head will be for a second one is not known yet. */
  #go(place: WearerPlace): void {
    this.#wanted = place
    this.#head = undefined
  }
}

import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import { add, dot, scale, subtract } from '../../../shared/geometry/vector.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import { ball, lay, rod } from '../../scene/stroke.ts'
import type { WorldRay } from '../hands/xr-hand.ts'
import type { Aim } from './aim.ts'

/** It begins a little before the hand and stops short of what it points at. */
const beginsM = 0.04
const stopsShortM = 0.01
const radiusM = 0.0008
const dotRadiusM = 0.004

/** The wearer's own beam, in their own colour, from the hand to what it would touch. */
export class OwnBeam {
  readonly #host: ImmersionHost
  readonly #room: TransformNode
  readonly #beam: Mesh
  readonly #dot: Mesh

  constructor(host: ImmersionHost) {
    this.#host = host
    const { scene, inks, session } = host
    this.#room = new TransformNode('own beam', scene)
    this.#beam = rod('own beam', scene, this.#room, { radius: radiusM })
    this.#dot = ball('own dot', scene, this.#room, dotRadiusM)
    const me = session.getSnapshot().participants.find(({ isMe }) => isMe)
    for (const mesh of [this.#beam, this.#dot]) {
      mesh.material = inks.of(me?.colour ?? '#e6e9ee')
      mesh.setEnabled(false)
    }
  }

  show({ origin, direction }: WorldRay, { end, touches }: Aim): void {
    const tip = this.#host.patient.toWorld(end)
    const reach = dot(subtract(tip, origin), direction)
    const from = add(origin, scale(direction, Math.min(beginsM, reach)))
    const to = add(origin, scale(direction, Math.max(0, reach - stopsShortM)))
    lay(this.#beam, from, to)
    this.#dot.position.set(...tip)
    this.#dot.setEnabled(touches)
  }

  hide(): void {
    this.#beam.setEnabled(false)
    this.#dot.setEnabled(false)
  }

  dispose(): void {
    this.#beam.dispose()
    this.#dot.dispose()
    this.#room.dispose()
  }
}

import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { ParticipantView } from '../conference/conference-view.ts'
import type { Labels } from './labels.ts'
import { ball, type Inks } from './stroke.ts'

const headRadiusM = 0.11

/** The others who wear a headset: a head, hands, a name, in their colour. World space. */
export class Avatars {
  readonly #scene: Scene
  readonly #inks: Inks
  readonly #labels: Labels
  readonly #heads = new Map<string, Mesh>()
  readonly #places = new Map<string, Vec3>()
  readonly #room: TransformNode

  constructor(scene: Scene, inks: Inks, labels: Labels) {
    this.#scene = scene
    this.#inks = inks
    this.#labels = labels
    this.#room = new TransformNode('avatars', scene)
  }

  /** Where heads are drawn now, by participantId. */
  get heads(): ReadonlyMap<string, Vec3> {
    return this.#places
  }

  /** New samples, or people who came, changed or left. */
  show(people: readonly ParticipantView[], samples: ReadonlyMap<number, PoseSample>): void {
    const here = new Set<string>()
    for (const person of people) {
      const head = samples.get(person.poseIndex)?.head
      if (!head || person.isMe || person.away) continue
      const { participantId, colour, displayName } = person
      here.add(participantId)
      const mesh = this.#heads.get(participantId) ?? this.#make(participantId)
      mesh.material = this.#inks.of(colour)
      mesh.position.set(...head.position)
      this.#places.set(participantId, head.position)
      const [x, y, z] = head.position
      this.#labels.set(`name ${participantId}`, {
        text: displayName,
        colour,
        kind: 'name',
        world: [x, y + 0.2, z],
      })
    }
    for (const participantId of [...this.#heads.keys()]) {
      if (!here.has(participantId)) this.#remove(participantId)
    }
  }

  /** Before each frame; true while something still moves and another frame is wanted. */
  frame(_nowMs: number): boolean {
    return false
  }

  #make(participantId: string): Mesh {
    const mesh = ball(`head ${participantId}`, this.#scene, this.#room, headRadiusM)
    this.#heads.set(participantId, mesh)
    return mesh
  }

  #remove(participantId: string): void {
    this.#heads.get(participantId)?.dispose()
    this.#heads.delete(participantId)
    this.#places.delete(participantId)
    this.#labels.remove(`name ${participantId}`)
  }
}

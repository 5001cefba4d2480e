import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { ParticipantView } from '../conference/conference-view.ts'
import type { Labels } from './labels.ts'
import type { PatientSpace } from './patient-space.ts'
import { ball, type Inks, lay, rod } from './stroke.ts'

interface Laser {
  readonly beam: Mesh
  readonly dot: Mesh
}

/**
 * Everybody's laser: a thin beam from where they look to what they point at, with a dot and their
 * initials on the tissue. It lives in the patient's space and moves with the volume.
 */
export class Lasers {
  readonly #scene: Scene
  readonly #space: PatientSpace
  readonly #inks: Inks
  readonly #labels: Labels
  readonly #lasers = new Map<string, Laser>()

  constructor(scene: Scene, space: PatientSpace, inks: Inks, labels: Labels) {
    this.#scene = scene
    this.#space = space
    this.#inks = inks
    this.#labels = labels
  }

  show(
    people: readonly ParticipantView[],
    samples: ReadonlyMap<number, PoseSample>,
    mine: PoseSample['laser'],
  ): void {
    const shining = new Set<string>()
    for (const person of people) {
      const sample = samples.get(person.poseIndex)
      const laser = person.isMe ? mine : sample?.laser
      if (!laser || person.away) continue
      shining.add(person.participantId)
      this.#draw(person, laser, sample?.head !== undefined)
    }
    for (const [participantId, laser] of this.#lasers) {
      if (shining.has(participantId)) continue
      laser.beam.dispose()
      laser.dot.dispose()
      this.#lasers.delete(participantId)
      this.#labels.remove(`laser ${participantId}`)
    }
  }

  /** `byHand`: it begins in the hand of somebody in a headset. */
  #draw(
    person: ParticipantView,
    { origin, end }: NonNullable<PoseSample['laser']>,
    byHand: boolean,
  ): void {
    const { participantId, initials, colour, isMe } = person
    const { beam, dot } = this.#lasers.get(participantId) ?? this.#make(participantId, colour)
    dot.position.set(...end)
    // one's own beam would only hide what it points at
    if (isMe) beam.setEnabled(false)
    else lay(beam, byHand ? origin : besideTheEye(origin, end), end)
    this.#labels.set(`laser ${participantId}`, {
      text: initials,
      colour,
      kind: 'initials',
      world: this.#space.toWorld(end),
    })
  }

  #make(participantId: string, colour: string): Laser {
    const ink = this.#inks.of(colour)
    const made = {
      beam: rod(`beam ${participantId}`, this.#scene, this.#space.node, { radius: 0.5 }),
      dot: ball(`dot ${participantId}`, this.#scene, this.#space.node, 2.5),
    }
    made.beam.material = ink
    made.dot.material = ink
    this.#lasers.set(participantId, made)
    return made
  }
}

/** A beam that began in the eye would be a point for its owner; it begins a hand's width below. */
function besideTheEye(origin: Vec3, end: Vec3): Vec3 {
  const down: Vec3 = [origin[0], origin[1], origin[2] - 120]
  return down.every(Number.isFinite) ? down : end
}

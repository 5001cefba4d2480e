import type { Scene } from '@babylonjs/core/scene.js'
import { rotate, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, length, subtract } from '../../shared/geometry/vector.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { ParticipantView } from '../conference/conference-view.ts'
import { AvatarBodies, type Figure } from './avatars-bodies.ts'
import type { Labels } from './labels.ts'
import { PoseTrack, type TrackedPose } from './pose-track.ts'

/** An eye within a head sees through it, and it is whole for one that is not. */
const goneM = 0.2
const wholeM = 0.35
const nameAboveM = 0.19

interface Body {
  person: ParticipantView
  sample: PoseSample
  readonly head: PoseTrack
  left: PoseTrack | undefined
  right: PoseTrack | undefined
}

/** The others who wear a headset: a head, hands, a name, in their colour. World space. */
export class Avatars {
  readonly #scene: Scene
  readonly #labels: Labels
  readonly #now: () => number
  readonly #bodies = new Map<string, Body>()
  readonly #places = new Map<string, Vec3>()
  #drawing: AvatarBodies | undefined
  /** Something about it is not yet in a picture. */
  #stale = false
  #eye: Vec3 = [0, 0, 0]

  constructor(scene: Scene, labels: Labels, now = () => performance.now()) {
    this.#scene = scene
    this.#labels = labels
    this.#now = now
  }

  /** Where heads are drawn now, by participantId. */
  get heads(): ReadonlyMap<string, Vec3> {
    return this.#places
  }

  /** New samples, or people who came, changed or left. */
  show(people: readonly ParticipantView[], samples: ReadonlyMap<number, PoseSample>): void {
    const here = new Set<string>()
    for (const person of people) {
      const sample = samples.get(person.poseIndex)
      if (!sample?.head || person.isMe || person.away) continue
      here.add(person.participantId)
      this.#take(person, sample, sample.head)
    }
    for (const participantId of [...this.#bodies.keys()]) {
      if (!here.has(participantId)) this.#remove(participantId)
    }
  }

  /**
   * Before each frame, from this page's own eye; true while something still moves and another frame
   * is wanted.
   */
  frame(nowMs: number, eye: Vec3): boolean {
    const looked = length(subtract(eye, this.#eye)) > 0
    this.#eye = eye
    const stale = this.#stale || (looked && this.#bodies.size > 0)
    if (!stale) return false
    const bodies = [...this.#bodies.values()]
    this.#stale = bodies.some((body) => moves(body, nowMs))
    const figures = bodies.flatMap((body) => this.#figure(body, nowMs) ?? [])
    if (figures.length > 0) this.#drawing ??= new AvatarBodies(this.#scene)
    this.#drawing?.draw(figures)
    return true
  }

  dispose(): void {
    for (const participantId of [...this.#bodies.keys()]) this.#remove(participantId)
    this.#drawing?.dispose()
    this.#drawing = undefined
  }

  #take(person: ParticipantView, sample: PoseSample, head: TrackedPose): void {
    const known = this.#bodies.get(person.participantId)
    if (known?.sample === sample && known.person === person) return
    this.#stale = true
    const body = known ?? {
      person,
      sample,
      head: new PoseTrack(),
      left: undefined,
      right: undefined,
    }
    const told = known?.sample !== sample
    body.person = person
    body.sample = sample
    this.#bodies.set(person.participantId, body)
    if (!told) return
    const nowMs = this.#now()
    body.head.add(head, nowMs)
    for (const side of ['left', 'right'] as const) {
      const hand = sample[side]
      // a hand that comes back begins where it is, not where it was lost
      if (hand) body[side] ??= new PoseTrack()
      else body[side] = undefined
      if (hand) body[side]?.add(hand, nowMs)
    }
  }

  #figure(body: Body, nowMs: number): Figure | undefined {
    const head = body.head.at(nowMs)
    if (!head) return undefined
    const { participantId, initials, colour, speaking } = body.person
    this.#places.set(participantId, head.position)
    const middle = add(head.position, rotate(head.rotation, [0, 0, 0.05]))
    const towards = subtract(this.#eye, middle)
    const solid = Math.min(1, Math.max(0, (length(towards) - goneM) / (wholeM - goneM)))
    this.#name(body.person, head.position, solid)
    const towardsEye = turnAbout([0, 1, 0], Math.atan2(towards[0], towards[2]))
    return {
      initials,
      colour,
      speaking,
      head,
      solid,
      left: body.left?.at(nowMs),
      right: body.right?.at(nowMs),
      towardsEye,
    }
  }

  #name(person: ParticipantView, [x, y, z]: Vec3, opacity: number): void {
    const { participantId, displayName, presents, speaking, colour } = person
    const parts = [displayName, presents && 'leads', speaking && 'speaking']
    this.#labels.set(`name ${participantId}`, {
      text: parts.filter(Boolean).join(' · '),
      colour,
      kind: 'name',
      world: [x, y + nameAboveM, z],
      opacity,
    })
  }

  #remove(participantId: string): void {
    this.#bodies.delete(participantId)
    this.#places.delete(participantId)
    this.#labels.remove(`name ${participantId}`)
    this.#stale = true
  }
}

const moves = ({ head, left, right }: Body, nowMs: number): boolean =>
  [head, left, right].some((track) => track?.moves(nowMs))

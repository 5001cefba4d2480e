import { mayPoint } from '../../shared/conference/permissions.ts'
import type { Role } from '../../shared/conference/role.ts'
import { withinBounds } from '../../shared/protocol/pose-bounds.ts'
import { decodeUp, encodeDown, maximumSamplesPerFrame } from '../../shared/protocol/pose-frame.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'

/** What a frame goes to: a connection, with the bytes that wait in it. */
export interface PoseListener {
  /** 2: gets a frame at every other tick only, with what changed in both. */
  readonly everyTicks: 1 | 2
  bufferedBytes(): number
  send(frame: Uint8Array): void
}

const poseBacklogBytes = 64 * 1024

/**
 * The latest sample of everybody, once a tick to everybody, and only what changed. A listener whose
 * line is full is left out and gets all of it when the line has drained: samples never queue up.
 */
export class PoseRelay {
  readonly #latest = new Map<number, PoseSample>()
  readonly #changed = new Set<number>()
  /** Since the last even tick. */
  readonly #changedInTwo = new Set<number>()
  /** Who showed something once and shows nothing now: a listener that was behind must hear of it. */
  readonly #ended = new Set<number>()
  readonly #behind = new Set<PoseListener>()
  #ticks = 0

  /** False where the bytes are not a sample; what the person may not show is left out of it. */
  take(poseIndex: number, who: { role: Role; presents: boolean }, bytes: Uint8Array): boolean {
    const sample = decodeUp(bytes)
    if (!sample || !withinBounds(sample)) return false
    const { laser, drag, plane, window, ...body } = sample
    const allowed: PoseSample = {
      ...body,
      ...(laser && mayPoint(who.role) ? { laser } : {}),
      ...(who.presents && drag ? { drag } : {}),
      ...(who.presents && plane ? { plane } : {}),
      ...(who.presents && window ? { window } : {}),
    }
    if (Object.keys(allowed).length === 0) this.drop(poseIndex)
    else {
      this.#latest.set(poseIndex, allowed)
      this.#ended.delete(poseIndex)
      this.#changed.add(poseIndex)
    }
    return true
  }

  /** Somebody shows nothing any more. */
  drop(poseIndex: number): void {
    if (!this.#latest.delete(poseIndex)) return
    this.#changed.add(poseIndex)
    this.#ended.add(poseIndex)
  }

  /** A new listener gets everything at the next tick. */
  welcome(listener: PoseListener): void {
    this.#behind.add(listener)
  }

  forget(listener: PoseListener): void {
    this.#behind.delete(listener)
  }

  tick(listeners: Iterable<PoseListener>): void {
    const even = this.#ticks++ % 2 === 0
    for (const index of this.#changed) this.#changedInTwo.add(index)
    const changes = this.#frames(this.#changed)
    let changesInTwo: Uint8Array[] | undefined
    let everything: Uint8Array[] | undefined
    for (const listener of listeners) {
      if (listener.everyTicks === 2 && !even) continue
      if (listener.everyTicks === 2) changesInTwo ??= this.#frames(this.#changedInTwo)
      const news = listener.everyTicks === 2 && changesInTwo ? changesInTwo : changes
      if (listener.bufferedBytes() > poseBacklogBytes) {
        if (news.length > 0) this.#behind.add(listener)
      } else if (this.#behind.delete(listener)) {
        everything ??= this.#frames(new Set([...this.#latest.keys(), ...this.#ended]))
        for (const frame of everything) listener.send(frame)
      } else {
        for (const frame of news) listener.send(frame)
      }
    }
    this.#changed.clear()
    if (even) this.#changedInTwo.clear()
  }

  #frames(of: ReadonlySet<number>): Uint8Array[] {
    const samples = [...of].map((index) => [index, this.#latest.get(index) ?? {}] as const)
    const frames: Uint8Array[] = []
    for (let from = 0; from < samples.length; from += maximumSamplesPerFrame) {
      frames.push(encodeDown(new Map(samples.slice(from, from + maximumSamplesPerFrame))))
    }
    return frames
  }
}

import { describe, expect, it } from 'vitest'
import { type Quaternion, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length, subtract } from '../../shared/geometry/vector.ts'
import { delayMs, PoseTrack, slerp, type TrackedPose } from './pose-track.ts'

const axis: Vec3 = [0.3, 0.8, -0.52]

/** A hand that swings obliquely: 0.25 m wide, a swing in 1.6 s, turning all the while. */
function swing(atMs: number): TrackedPose {
  const phase = (2 * Math.PI * atMs) / 1600
  return {
    position: [0.25 * Math.sin(phase), 1.2 + 0.1 * Math.cos(phase), -0.4 + 0.15 * Math.sin(phase)],
    rotation: turnAbout(axis, 0.9 * Math.sin(phase)),
  }
}

/** Mulberry32: the same numbers for the same seed. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const apart = (a: TrackedPose, b: TrackedPose) => length(subtract(a.position, b.position))
const turned = (a: Quaternion, b: Quaternion) =>
  2 * Math.acos(Math.min(1, Math.abs(a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0))))

/** What is drawn at 90 Hz of samples that come so late; the pose as it was `delayMs` ago beside it. */
function drawn(everyMs: number, lateMs: () => number, forMs = 3200) {
  const track = new PoseTrack()
  const coming = Array.from({ length: Math.ceil(forMs / everyMs) }, (_, n) => {
    const atMs = n * everyMs
    return { atMs: atMs + lateMs(), pose: swing(atMs) }
  })
  const frames: { nowMs: number; shown: TrackedPose; true: TrackedPose }[] = []
  for (let nowMs = 200; nowMs < forMs; nowMs += 1000 / 90) {
    while (coming[0] && coming[0].atMs <= nowMs) {
      track.add(coming[0].pose, coming[0].atMs)
      coming.shift()
    }
    const shown = track.at(nowMs)
    if (shown) frames.push({ nowMs, shown, true: swing(nowMs - delayMs) })
  }
  return frames
}

describe('[XR-1] a body as it is drawn', () => {
  for (const hz of [30, 15]) {
    it(`is within 4 mm and 1.5° of the true motion at ${hz} Hz, a little late`, () => {
      for (const { shown, true: truth } of drawn(1000 / hz, () => 0)) {
        expect(apart(shown, truth)).toBeLessThan(0.004)
        expect(turned(shown.rotation, truth.rotation)).toBeLessThan(0.026)
      }
    })
  }

  it('stays near the true motion when samples come up to 30 ms late, never beyond its ends', () => {
    const seed = 20_261
    const random = numbers(seed)
    const frames = drawn(1000 / 30, () => 30 * random())
    const steps = frames.slice(1).map(({ shown }, n) => apart(shown, frames[n]?.shown ?? shown))
    for (const { shown, true: truth } of frames) {
      expect(apart(shown, truth), `seed ${seed}`).toBeLessThan(0.045)
      expect(Math.abs(shown.position[0]), `seed ${seed}`).toBeLessThanOrEqual(0.25)
    }
    // 1.15 m/s at most: no frame leaps
    expect(Math.max(...steps), `seed ${seed}`).toBeLessThan(0.06)
  })

  it('holds still where its samples end, and wants no more frames', () => {
    const track = new PoseTrack()
    for (const atMs of [0, 33, 66]) track.add(swing(atMs), atMs)
    expect(track.moves(100)).toBe(true)
    expect(track.at(66 + delayMs + 1)).toEqual(swing(66))
    expect(track.at(66 + 5000)).toEqual(swing(66))
    expect(track.moves(66 + 5000)).toBe(false)
  })

  it('begins anew after a silence instead of gliding through it', () => {
    const track = new PoseTrack()
    track.add(swing(0), 0)
    track.add(swing(400), 400)
    expect(track.at(200 + delayMs)).toEqual(swing(0))
    expect(track.at(400 + delayMs)).toEqual(swing(400))
  })

  it('a teleport is never in between', () => {
    const track = new PoseTrack()
    const [here, there] = [swing(0), { ...swing(0), position: [2, 1.2, -1] as Vec3 }]
    track.add(here, 0)
    track.add(there, 33)
    for (let nowMs = delayMs; nowMs < 200; nowMs += 3) {
      expect([here.position, there.position]).toContainEqual(track.at(nowMs)?.position)
    }
    expect(track.at(200)).toEqual(there)
  })

  it('a hand that kept still for long starts without a leap', () => {
    const track = new PoseTrack()
    for (let atMs = 0; atMs <= 3000; atMs += 33) track.add(swing(0), atMs)
    track.add(swing(33), 3033)
    const shown = track.at(3016 + delayMs) as TrackedPose
    expect(apart(shown, swing(0))).toBeLessThan(apart(swing(33), swing(0)))
    expect(apart(shown, swing(0))).toBeGreaterThan(0)
  })

  it('fingers bend between two samples', () => {
    const track = new PoseTrack()
    track.add({ ...swing(0), curls: [0, 0, 0, 0, 0] }, 0)
    track.add({ ...swing(0), curls: [1, 0.5, 0, 0, 1] }, 40)
    const { curls = [] } = track.at(20 + delayMs) ?? {}
    for (const [n, wanted] of [0.5, 0.25, 0, 0, 0.5].entries()) {
      expect(curls[n]).toBeCloseTo(wanted, 9)
    }
  })

  it('turns the shorter way, whatever the signs of its quaternions', () => {
    const a = turnAbout(axis, 0.2)
    const b = turnAbout(axis, 1).map((value) => -value) as unknown as Quaternion
    expect(turned(slerp(a, b, 0.25), turnAbout(axis, 0.4))).toBeLessThan(1e-6)
  })
})

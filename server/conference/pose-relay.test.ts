import { describe, expect, it } from 'vitest'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import { type PoseListener, PoseRelay } from './pose-relay.ts'

const head = { position: [0, 1.5, 0], rotation: [0, 0, 0, 1] } as const
const left = { ...head, curls: [0, 0, 1, 1, 1] } as const
const plane = { planeId: 'p', normal: [0, 0, 1], offsetMm: 1 } as const
const drag = { position: [0, 1, 0], rotation: [0, 0, 0, 1], scale: 1 } as const
const window = { windowCenter: 40, windowWidth: 400 }
const laser = { origin: [0, 0, 0], end: [1, 2, 3], touches: true } as const
const resident = { role: 'resident', presents: false } as const

/** Listens, and remembers what it heard of one person. */
function ears(poseIndex: number, everyTicks: 1 | 2) {
  const heard: (PoseSample | undefined)[] = []
  const listener: PoseListener = {
    everyTicks,
    bufferedBytes: () => 0,
    send: (frame) => heard.push(decodeDown(frame)?.get(poseIndex)),
  }
  return { heard, listener }
}

it('[MARK-1] a listener that was behind hears of a laser that went out meanwhile', () => {
  const relay = new PoseRelay()
  const heard: (PoseSample | undefined)[] = []
  let bufferedBytes = 0
  const listener: PoseListener = {
    everyTicks: 1,
    bufferedBytes: () => bufferedBytes,
    send: (frame) => heard.push(decodeDown(frame)?.get(7)),
  }
  relay.take(7, resident, encodeUp({ laser }))
  relay.tick([listener])
  bufferedBytes = 1_000_000
  relay.drop(7)
  relay.tick([listener])
  expect(heard).toEqual([{ laser }])
  bufferedBytes = 0
  relay.tick([listener])
  expect(heard).toEqual([{ laser }, {}])
})

describe('what is passed on', () => {
  const everything: PoseSample = { head, left, right: head, laser, plane, drag, window }
  const standings = [
    { role: 'observer', presents: false, passes: ['head', 'left', 'right'] },
    { role: 'resident', presents: false, passes: ['head', 'left', 'right', 'laser'] },
    { role: 'attending', presents: false, passes: ['head', 'left', 'right', 'laser'] },
    { role: 'resident', presents: true, passes: Object.keys(everything) },
    { role: 'attending', presents: true, passes: Object.keys(everything) },
  ] as const
  for (const { passes, ...who } of standings) {
    const presenting = who.presents ? ' who presents' : ''
    it(`[XR-3] of ${who.role}${presenting}: ${passes.join(', ')}`, () => {
      const relay = new PoseRelay()
      const { heard, listener } = ears(3, 1)
      expect(relay.take(3, who, encodeUp(everything))).toBe(true)
      relay.tick([listener])
      expect(Object.keys(heard[0] ?? {}).toSorted()).toEqual([...passes].toSorted())
    })
  }
})

it('[XR-3] an observer gets every other frame, with what changed in both', () => {
  const relay = new PoseRelay()
  const full = ears(1, 1)
  const half = ears(1, 2)
  const halfOfOther = ears(2, 2)
  const listeners = [full.listener, half.listener, halfOfOther.listener]
  for (let tick = 0; tick < 8; tick++) {
    relay.take(1, resident, encodeUp({ head: { ...head, position: [tick, 0, 0] } }))
    if (tick === 3) relay.take(2, resident, encodeUp({ laser }))
    relay.tick(listeners)
  }
  const x = (sample: PoseSample | undefined) => sample?.head?.position[0]
  expect(full.heard.map(x)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(half.heard.map(x)).toEqual([0, 2, 4, 6])
  expect(halfOfOther.heard.filter(Boolean), 'shown between two frames').toEqual([{ laser }])
})

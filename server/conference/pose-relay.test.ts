import { expect, it } from 'vitest'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import { type PoseListener, PoseRelay } from './pose-relay.ts'

const laser = { origin: [0, 0, 0], end: [1, 2, 3], touches: true } as const
const resident = { role: 'resident', presents: false } as const

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

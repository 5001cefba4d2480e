import { expect, it } from 'vitest'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { LatestSamples } from './latest-samples.ts'

const laserAt = (x: number) =>
  ({
    laser: { origin: [0, 0, 0], end: [x, 2, 3], touches: true },
  }) as const

it('sends the newest sample of each sender as one frame that Caseroom can read', () => {
  const samples = new LatestSamples()
  samples.put(300, Buffer.from(encodeUp(laserAt(1))))
  samples.put(7, Buffer.from(encodeUp(laserAt(4))))
  samples.put(300, Buffer.from(encodeUp(laserAt(5))))
  const frame = samples.take()
  expect(decodeDown(frame ?? new Uint8Array())).toEqual(
    new Map([
      [300, laserAt(5)],
      [7, laserAt(4)],
    ]),
  )
})

it('has nothing to send until somebody sends again', () => {
  const samples = new LatestSamples()
  expect(samples.take()).toBeUndefined()
  samples.put(1, Buffer.from(encodeUp(laserAt(1))))
  samples.take()
  expect(samples.take()).toBeUndefined()
})

import { describe, expect, it } from 'vitest'
import { decodeDown, decodeUp, encodeDown, encodeUp, type PoseSample } from './pose-frame.ts'

const everything: PoseSample = {
  laser: { origin: [1, 2.5, -3], end: [100, -200, 700.25], touches: true },
  drag: { position: [0, 1.25, -0.5], rotation: [0, 0.5, 0, 0.75], scale: 2 },
  plane: { planeId: 'plane-1', normal: [0, 0, 1], offsetMm: 12.5 },
  window: { windowCenter: 40, windowWidth: 400 },
}

describe('pose frames', () => {
  it('[MARK-1] carry every part there and back', () => {
    expect(decodeUp(encodeUp(everything))).toEqual(everything)
    expect(decodeUp(encodeUp({}))).toEqual({})
    const { drag } = everything
    const frame = new Map([
      [7, everything],
      [65_535, {}],
      [9, drag ? { drag } : {}],
    ])
    expect(decodeDown(encodeDown(frame))).toEqual(frame)
  })

  it('refuse another version, unknown parts, a cut, a tail and numbers that are not finite', () => {
    const good = encodeUp(everything)
    expect(decodeUp(Uint8Array.of(2, 0))).toBeUndefined()
    expect(decodeUp(Uint8Array.of(1, 128))).toBeUndefined()
    expect(decodeUp(new Uint8Array())).toBeUndefined()
    for (let cut = 0; cut < good.length; cut++) {
      expect(decodeUp(good.subarray(0, cut))).toBeUndefined()
    }
    expect(decodeUp(Uint8Array.of(...good, 0))).toBeUndefined()
    expect(
      decodeUp(encodeUp({ window: { windowCenter: Number.NaN, windowWidth: 1 } })),
    ).toBeUndefined()
    expect(decodeDown(Uint8Array.of(1, 2, 0, 0, 0))).toBeUndefined()
  })
})

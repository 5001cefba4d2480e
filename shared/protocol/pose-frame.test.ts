import { describe, expect, it } from 'vitest'
import { decodeDown, decodeUp, encodeDown, encodeUp } from './pose-frame.ts'
import type { PoseSample } from './pose-sample.ts'

const everything: PoseSample = {
  laser: { origin: [1, 2.5, -3], end: [100, -200, 700.25], touches: true },
  drag: { position: [0, 1.25, -0.5], rotation: [0, 0.5, 0, 0.75], scale: 2 },
  plane: { planeId: 'plane-1', normal: [0, 0, 1], offsetMm: 12.5 },
  window: { windowCenter: 40, windowWidth: 400 },
  head: { position: [0, 1.625, 0.5], rotation: [0, 0, 0, 1] },
  left: { position: [-0.25, 1.25, 0], rotation: [0, 1, 0, 0] },
  right: { position: [0.25, 1.25, 0], rotation: [0, 0, 0, 1], curls: [0, 1, 0.2, 0.4, 0.6] },
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
    expect(decodeUp(Uint8Array.of(1, 0))).toBeUndefined()
    expect(decodeUp(Uint8Array.of(2, 2))).toBeUndefined()
    expect(decodeUp(new Uint8Array())).toBeUndefined()
    for (let cut = 0; cut < good.length; cut++) {
      expect(decodeUp(good.subarray(0, cut))).toBeUndefined()
    }
    expect(decodeUp(Uint8Array.of(...good, 0))).toBeUndefined()
    expect(
      decodeUp(encodeUp({ window: { windowCenter: Number.NaN, windowWidth: 1 } })),
    ).toBeUndefined()
    expect(decodeDown(Uint8Array.of(2, 2, 0, 0, 0))).toBeUndefined()
  })

  it('[XR-1] turn a head to within a hundredth of a degree, and refuse one without direction', () => {
    const rotation = [0.1, -0.7, 0.2, Math.sqrt(1 - 0.54)] as const
    const read = decodeUp(encodeUp({ head: { position: [1, 2, 3], rotation } }))?.head?.rotation
    const cosine = rotation.reduce((sum, part, n) => sum + part * (read?.[n] ?? 0), 0)
    expect(2 * Math.acos(Math.min(1, cosine))).toBeLessThan((0.01 * Math.PI) / 180)
    const nowhere = encodeUp({ head: { position: [1, 2, 3], rotation: [0, 0, 0, 0] } })
    expect(decodeUp(nowhere)).toBeUndefined()
  })
})

import { expect, it } from 'vitest'
import { firstCut, keptSide } from './face-cut.ts'
import { type Profile, profileOf } from './profile.ts'

const profile: Profile = {
  width: 200,
  height: 220,
  brightness: new Float32Array(200 * 220),
  frontMm: -90,
  topMm: 110,
  mmPerPixel: 1,
}
const keeps = ({ normal, offsetMm }: ReturnType<typeof keptSide>, p: readonly number[]) =>
  normal[0] * p[0]! + normal[1] * p[1]! + normal[2] * p[2]! >= offsetMm

it('[PRIV-4] what is in front of and below the plane goes: the nose, not the brain', () => {
  const kept = keptSide(firstCut(profile), profile)
  expect(keeps(kept, [0, -85, -30])).toBe(false)
  expect(keeps(kept, [0, 0, 40])).toBe(true)
  expect(keeps(kept, [0, -80, 100])).toBe(true)
  const upright = keptSide({ leanDegrees: 0, depthMm: 40 }, profile)
  expect([keeps(upright, [5, -51, 80]), keeps(upright, [5, -49, -80])]).toEqual([false, true])
})

it('shows a head from its left: the front on the left, the top above', () => {
  const dims: [number, number, number] = [3, 10, 5]
  const texels = new Uint16Array(150)
  texels[(4 * 10 + 0) * 3 + 1] = 1
  const patientFromVoxel = [2, 0, 0, 0, 0, 4, 0, -18, 0, 0, 8, 100, 0, 0, 0, 1]
  const { width, height, brightness, frontMm, topMm } = profileOf(
    { dims, patientFromVoxel },
    texels,
    (bits) => bits * 100,
    { unit: 'stored', defaultWindow: { windowCenter: 50, windowWidth: 100 } },
  )
  expect([frontMm, topMm]).toEqual([-18, 132])
  expect(brightness[0]).toBe(1)
  expect(brightness[width - 1]).toBe(0)
  expect(brightness[(height - 1) * width]).toBe(0)
  expect(brightness.some(Number.isNaN)).toBe(false)
})

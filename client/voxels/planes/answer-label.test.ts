import { expect, it } from 'vitest'
import { transform, type Vec3 } from '../../../shared/geometry/transform.ts'
import { chunked } from '../../../shared/volume/test-support/chunked.ts'
import { answerLabel } from './answer-label.ts'
import type { PlaneShelf } from './plane-shelf.ts'

/** A level of a label map that is 1 all over, 0.7 × 0.7 × 1.5 mm at the finest. */
function levelOf(dims: Vec3, [di, dj, dk]: Vec3) {
  const level = chunked({
    dims,
    patientFromVoxel: transform([di, 0, 0, 0, 0, dj, 0, 0, 0, 0, dk, 0, 0, 0, 0, 1]),
    data: new Uint8Array(dims[0] * dims[1] * dims[2]).fill(1),
  })
  return { ...level, bring: async () => undefined }
}

it('[CASE-8] a map of thin columns comes no larger than it may, whatever its longest side', async () => {
  const levels = [
    levelOf([40, 40, 100], [0.7, 0.7, 1.5]),
    levelOf([20, 20, 100], [1.4, 1.4, 1.5]),
    levelOf([10, 10, 50], [2.8, 2.8, 3]),
  ]
  const shelf = {
    manifest: { labels: [{ labelId: '1', fractional: false }] },
    levels: [],
    label: () => levels,
  } as unknown as PlaneShelf
  const { signal } = new AbortController()
  const dimsWithin = async (most: number) => (await answerLabel(shelf, '1', most, signal)).dims
  expect(await dimsWithin(160_000)).toEqual([40, 40, 100])
  expect(await dimsWithin(159_999)).toEqual([20, 20, 100])
  expect(await dimsWithin(1)).toEqual([10, 10, 50])
})

import { expect, it } from 'vitest'
import type { Slice, SliceRequest, Voxels } from '../voxels/voxels.ts'
import { SliceFeed } from './slice-feed.ts'

/** Voxels that answer a slice when the test says so. */
function slowVoxels() {
  const asked: { request: SliceRequest; answer: () => void; givenUp: boolean }[] = []
  const voxels: Pick<Voxels, 'slice'> = {
    slice(request, onSlice) {
      const values = new Float32Array(1)
      const one = {
        request,
        answer: () => onSlice({ ...request, values, sharp: true }),
        givenUp: false,
      }
      asked.push(one)
      return () => {
        one.givenUp = true
      }
    },
  }
  return { voxels: voxels as Voxels, asked }
}

const at = (depthMm: number): SliceRequest => ({
  pane: 'axial',
  originMm: [0, 0, depthMm],
  columnMm: [1, 0, 0],
  rowMm: [0, 1, 0],
  columns: 1,
  rows: 1,
  slabMm: 0,
  projection: 'average',
})
const noFailure = () => undefined
const depths = (slices: Slice[]) => slices.map(({ originMm }) => originMm[2])

it('[CASE-5] while planes come faster than slices, each answer is followed by the newest plane', () => {
  const { voxels, asked } = slowVoxels()
  const shown: Slice[] = []
  const feed = new SliceFeed((slice) => shown.push(slice), noFailure)
  for (const depth of [1, 2, 3]) feed.ask(voxels, at(depth))
  expect(asked.length).toBe(1)
  asked[0]?.answer()
  expect(depths(shown)).toEqual([1])
  expect(asked.map(({ request }) => request.originMm[2])).toEqual([1, 3])
  asked[1]?.answer()
  expect(depths(shown)).toEqual([1, 3])
  feed.giveUp()
})

it('a slice that comes after a newer plane was asked for is not shown', () => {
  const { voxels, asked } = slowVoxels()
  const shown: Slice[] = []
  const feed = new SliceFeed((slice) => shown.push(slice), noFailure)
  feed.ask(voxels, at(1))
  asked[0]?.answer()
  feed.ask(voxels, at(2))
  expect(asked[0]?.givenUp).toBe(true)
  asked[0]?.answer()
  expect(depths(shown)).toEqual([1])
  feed.giveUp()
  asked[1]?.answer()
  expect(depths(shown)).toEqual([1])
})

it('the same plane is asked for once, of another volume again and at once', () => {
  const [one, other] = [slowVoxels(), slowVoxels()]
  const feed = new SliceFeed(() => undefined, noFailure)
  feed.ask(one.voxels, at(1))
  feed.ask(one.voxels, at(1))
  feed.ask(other.voxels, at(1))
  expect([one.asked.length, other.asked.length]).toEqual([1, 1])
  expect(one.asked[0]?.givenUp).toBe(true)
  feed.giveUp()
})

import { expect, it } from 'vitest'
import type { PixelBox, SliceSource, StoredSlice } from '../slice-source.ts'
import { withMasks } from './hide-text.ts'

const stored = (fileIndex: number): StoredSlice => ({
  kind: 'stored',
  fileIndex,
  file: { path: '', bytes: 0, key: new Uint8Array(32), number: fileIndex },
  location: { kind: 'native', offset: 0, bigEndian: false },
  rescale: { slope: 1, intercept: 0 },
  dataType: 'int16',
  rows: 8,
  columns: 8,
  bitsAllocated: 16,
  bitsStored: 16,
  highBit: 15,
  signed: true,
  padding: undefined,
})

it('[PRIV-2] text in a slice does not shine through the slice that is made of it', () => {
  const between: SliceSource = {
    kind: 'interpolated',
    fileIndex: 0,
    rows: 8,
    columns: 8,
    dataType: 'int16',
    before: stored(0),
    after: stored(1),
    fraction: 0.5,
  }
  const box: PixelBox = [1, 1, 3, 3]
  const own: PixelBox = [5, 5, 6, 6]
  const masks = new Map([
    [0, [box]],
    [1, [own]],
  ])
  const [first, made, last] = withMasks([stored(0), between, stored(1)], masks)
  expect(first).toMatchObject({ masks: [box] })
  expect(made).toMatchObject({ before: { masks: [own, box] }, after: { masks: [own] } })
  expect(last).not.toHaveProperty('masks')
})

import { describe, expect, it } from 'vitest'
import { VolumeStore } from './volume-store.ts'

const volumeId = '0123456789abcdef'.repeat(2)
const store = new VolumeStore('/nowhere')

describe('the keys of a stored volume', () => {
  it.each([
    'zarr.json',
    '0/zarr.json',
    '11/c/0/12/345',
    'labels/zarr.json',
    'labels/12/zarr.json',
    'labels/12/0/zarr.json',
    'labels/12/0/c/1/2/3',
  ])('%s is one', (key) => {
    expect(store.pathOf(volumeId, key)).toBe(`${volumeId}/zarr/${key}`)
  })

  it.each([
    '',
    'zarr.json/',
    '../thumbnail.png',
    'labels',
    'labels/0/zarr.json',
    'labels/012/zarr.json',
    'labels/12345/zarr.json',
    'labels/c/0/0/0',
    'labels/1/c/0/0/0',
    'labels/1/labels/1/zarr.json',
    'labels/../zarr.json',
    'labels/1/../../zarr.json',
    'labels/1/0/c/0/0',
    'labels/1/0/c/0/0/0\n',
    'labels/zarr.jsonx',
    'labels/zarrxjson',
  ])('%j is none', (key) => {
    expect(store.pathOf(volumeId, key)).toBeUndefined()
  })

  it('belong to a volume id and nothing else', () => {
    expect(store.pathOf('../other', 'zarr.json')).toBeUndefined()
    expect(() => store.folderOf('..')).toThrow(RangeError)
    expect(() => store.newTree('a/b')).toThrow(RangeError)
  })
})

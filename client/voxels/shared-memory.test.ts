import { describe, expect, it } from 'vitest'
import { DecodedChunks } from './decoded-chunks.ts'
import { decodedBytes, SharedMemory } from './shared-memory.ts'

describe('[CASE-6] the decoded chunks of all volumes of a page', () => {
  it('share one budget: a second volume takes half of it, and gives it back', () => {
    const memory = new SharedMemory(1000)
    const told: number[] = []
    const ct = memory.share(5000)
    ct.onChange = (bytes) => told.push(bytes)
    expect(ct.bytes).toBe(1000)
    const prior = memory.share(5000)
    expect([ct.bytes, prior.bytes]).toEqual([500, 500])
    prior.giveBack()
    prior.giveBack()
    expect([ct.bytes, told]).toEqual([1000, [500, 1000]])
  })

  it('never take more than the budget, and what a small one does not want is the others’', () => {
    const memory = new SharedMemory(1000)
    const wanted = [5000, 100, 250, 5000]
    const shares = wanted.map((bytes) => memory.share(bytes))
    expect(shares.map(({ bytes }) => bytes)).toEqual([325, 100, 250, 325])
    expect(shares.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(1000)
  })

  it('go, the least recently used first, as soon as the share is smaller', () => {
    const chunks = new DecodedChunks(40)
    for (const key of 'abcd') chunks.put(key, new Uint8Array(10), 10)
    chunks.get('a')
    chunks.mostBytes = 20
    expect([...'abcd'].filter((key) => chunks.get(key)).join('')).toBe('ad')
    expect(chunks.bytes).toBe(20)
  })

  it('of a volume are whole chunks of every level, and its label maps', () => {
    const patientFromVoxel = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]
    const levels = [
      { path: '0', dims: [65, 64, 10] as [number, number, number], patientFromVoxel },
      { path: '1', dims: [33, 32, 5] as [number, number, number], patientFromVoxel },
    ]
    expect(decodedBytes({ levels, dataType: 'int16' })).toBe(3 * 2 * 64 ** 3)
    expect(decodedBytes({ levels, dataType: 'float32', labels: [] })).toBe(3 * 4 * 64 ** 3)
  })
})

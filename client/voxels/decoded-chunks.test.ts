import { describe, expect, it } from 'vitest'
import { DecodedChunks } from './decoded-chunks.ts'

const chunk = new Uint8Array(10)
const put = (chunks: DecodedChunks, ...keys: string[]) => {
  for (const key of keys) chunks.put(key, chunk, chunk.byteLength)
}
const here = (chunks: DecodedChunks, keys: string) =>
  [...keys].filter((key) => chunks.get(key)).join('')

describe('decoded chunks', () => {
  it('stay within their bound, the least recently used goes first', () => {
    const chunks = new DecodedChunks(30)
    put(chunks, 'a', 'b', 'c')
    chunks.get('a')
    put(chunks, 'd')
    expect(chunks.bytes).toBe(30)
    expect(here(chunks, 'abcd')).toBe('acd')
  })

  it('that are held stay, whatever comes, until they are released as often', () => {
    const chunks = new DecodedChunks(20)
    chunks.hold('a')
    chunks.hold('a')
    put(chunks, 'a', 'b', 'c')
    expect(here(chunks, 'abc')).toBe('ac')
    chunks.release('a')
    put(chunks, 'd', 'e')
    expect(here(chunks, 'acde')).toBe('ae')
    chunks.release('a')
    put(chunks, 'f', 'g')
    expect(here(chunks, 'aefg')).toBe('fg')
  })

  it('may be more than their bound while all of them are held, and a chunk of nothing costs nothing', () => {
    const chunks = new DecodedChunks(10)
    for (const key of 'abc') chunks.hold(key)
    put(chunks, 'a', 'b', 'c')
    chunks.put('empty', chunk, 0)
    expect(here(chunks, 'abc')).toBe('abc')
    for (const key of 'abc') chunks.release(key)
    expect(here(chunks, 'abc')).toBe('abc')
    put(chunks, 'd')
    expect(here(chunks, 'abcd')).toBe('d')
    expect(chunks.bytes).toBe(10)
  })
})

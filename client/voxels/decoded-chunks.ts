import type { VoxelData } from '../../shared/volume/half-float.ts'

/**
 * Decoded chunks within a bound; the least recently used go first, when another comes. Those held by
 * somebody stay, also where that is more than the bound.
 */
export class DecodedChunks {
  #mostBytes: number
  /** Least recently used first. */
  readonly #chunks = new Map<string, { voxels: VoxelData; bytes: number }>()
  readonly #holds = new Map<string, number>()
  #bytes = 0

  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes
  }

  set mostBytes(bytes: number) {
    this.#mostBytes = bytes
    this.#makeRoom()
  }

  get bytes(): number {
    return this.#bytes
  }

  get(key: string): VoxelData | undefined {
    const chunk = this.#chunks.get(key)
    if (!chunk) return undefined
    this.#chunks.delete(key)
    this.#chunks.set(key, chunk)
    return chunk.voxels
  }

  put(key: string, voxels: VoxelData, bytes: number): void {
    this.#remove(key)
    this.#chunks.set(key, { voxels, bytes })
    this.#bytes += bytes
    this.#makeRoom()
  }

  /** Until it is released as often as it was held; it need not be here yet. */
  hold(key: string): void {
    this.#holds.set(key, (this.#holds.get(key) ?? 0) + 1)
  }

  release(key: string): void {
    const holds = (this.#holds.get(key) ?? 0) - 1
    if (holds > 0) this.#holds.set(key, holds)
    else this.#holds.delete(key)
  }

  #makeRoom(): void {
    if (this.#bytes <= this.#mostBytes) return
    for (const key of this.#chunks.keys()) {
      if (this.#holds.has(key)) continue
      this.#remove(key)
      if (this.#bytes <= this.#mostBytes) return
    }
  }

  #remove(key: string): void {
    const chunk = this.#chunks.get(key)
    if (!chunk) return
    this.#chunks.delete(key)
    this.#bytes -= chunk.bytes
  }
}

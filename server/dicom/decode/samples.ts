/** Bytes to little-endian words. */
export function widened(bytes: Uint8Array, signed: boolean): Uint8Array<ArrayBuffer> {
  const samples = signed ? new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes
  return new Uint8Array(Int16Array.from(samples).buffer)
}

/** Three planes, one after the other, to the samples of a pixel together. */
export function interleaved(
  planes: Uint8Array<ArrayBuffer>,
  bitsAllocated: 8 | 16,
): Uint8Array<ArrayBuffer> {
  const samples = bitsAllocated === 8 ? planes : new Uint16Array(planes.buffer)
  const pixels = samples.length / 3
  const mixed = bitsAllocated === 8 ? new Uint8Array(3 * pixels) : new Uint16Array(3 * pixels)
  for (let plane = 0; plane < 3; plane++) {
    for (let n = 0; n < pixels; n++) mixed[3 * n + plane] = samples[plane * pixels + n]!
  }
  return new Uint8Array(mixed.buffer)
}

/** One byte, 0 or 1, for each bit, least significant first (PS3.5 §8.1.1). */
export function unpackedBits(
  packed: Uint8Array,
  bitOffset: number,
  count: number,
): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(count)
  for (let n = 0; n < count; n++) {
    const at = bitOffset + n
    bits[n] = (packed[at >> 3]! >> (at & 7)) & 1
  }
  return bits
}

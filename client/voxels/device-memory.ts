const mebibyte = 2 ** 20

/** What the browser tells of the device's memory, GiB; undefined where it does not. */
export function deviceMemoryGiB(): number | undefined {
  return (navigator as Navigator & { deviceMemory?: number }).deviceMemory
}

/** What decoded chunks of all volumes on a page may take. */
export function chunkMemoryBytes(memoryGiB: number | undefined): number {
  if (memoryGiB === undefined || memoryGiB === 4) return 192 * mebibyte
  return (memoryGiB > 4 ? 512 : 96) * mebibyte
}

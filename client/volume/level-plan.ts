import type { VolumeLevel } from '../../shared/volume/manifest.ts'

export interface TextureLimits {
  readonly largestSide: number
  readonly budgetBytes: number
}

const bytesPerTexel = 2

/**
 * The levels worth loading, coarsest first: up to the finest whose texture fits. The coarsest is
 * always among them, unless even that is larger than the GPU's textures.
 */
export function affordableLevels(
  finestFirst: readonly VolumeLevel[],
  { largestSide, budgetBytes }: TextureLimits,
): VolumeLevel[] {
  const fits = finestFirst.filter(({ dims }) => Math.max(...dims) <= largestSide)
  const affordable = fits.filter(
    ({ dims: [ni, nj, nk] }, n) =>
      n === fits.length - 1 || ni * nj * nk * bytesPerTexel <= budgetBytes,
  )
  return affordable.reverse()
}

/** What a device can keep of one volume, by what it says of its memory (GiB; undefined: unknown). */
export function textureBudgetBytes(deviceMemoryGiB: number | undefined): number {
  const mebibytes =
    deviceMemoryGiB === undefined || deviceMemoryGiB === 4 ? 256 : deviceMemoryGiB > 4 ? 640 : 96
  return mebibytes * 2 ** 20
}

import { floatFromHalf, texelEncoding } from '../../../../shared/volume/half-float.ts'
import type { VolumeLevel, VolumeManifest } from '../../../../shared/volume/manifest.ts'
import { LevelLoader } from '../../../volume/level-loader.ts'

/** The head from its left side: brightest value along each line from left to right. */
export interface Profile {
  /** Pixels across (front to back) and down (head to foot). */
  readonly width: number
  readonly height: number
  /** 0…1 within the volume's window, x fastest. */
  readonly brightness: Float32Array
  /** Patient mm (LPS): y of the left edge and z of the upper edge, y growing rightwards, z falling. */
  readonly frontMm: number
  readonly topMm: number
  readonly mmPerPixel: number
}

/** Enough to know a face by, and small enough to come at once. */
const mostVoxelsPerAxis = 200
const pixels = 220

export async function loadProfile(volume: VolumeManifest): Promise<Profile> {
  const level = levelFor(volume.levels)
  const encoding = texelEncoding(volume.valueRange, volume.paddingValue)
  const loader = new LevelLoader()
  try {
    const zarrUrl = new URL(`/api/volumes/${volume.volumeId}/zarr`, location.href).href
    const request = { zarrUrl, headers: {}, path: level.path, dims: level.dims, encoding }
    const { texels } = await loader.load(request, () => undefined)
    return profileOf(level, texels, (bits) => floatFromHalf(bits) / encoding.scale, volume)
  } finally {
    loader.dispose()
  }
}

function levelFor(levels: readonly VolumeLevel[]): VolumeLevel {
  return levels.find(({ dims }) => Math.max(...dims) <= mostVoxelsPerAxis) ?? levels.at(-1)!
}

/** Projects the middle of every voxel; what lies between them is filled from its neighbours. */
export function profileOf(
  { dims, patientFromVoxel: m }: Pick<VolumeLevel, 'dims' | 'patientFromVoxel'>,
  texels: Uint16Array,
  decode: (bits: number) => number,
  { defaultWindow }: Pick<VolumeManifest, 'defaultWindow'>,
): Profile {
  const [ni, nj, nk] = dims
  const range = (row: number) => {
    const ends = [0, 1].flatMap((i) =>
      [0, 1].flatMap((j) =>
        [0, 1].map(
          (k) =>
            m[4 * row]! * i * (ni - 1) +
            m[4 * row + 1]! * j * (nj - 1) +
            m[4 * row + 2]! * k * (nk - 1) +
            m[4 * row + 3]!,
        ),
      ),
    )
    return [Math.min(...ends), Math.max(...ends)] as const
  }
  const [frontMm, backMm] = range(1)
  const [bottomMm, topMm] = range(2)
  const mmPerPixel = Math.max(backMm - frontMm, topMm - bottomMm) / pixels
  const width = Math.floor((backMm - frontMm) / mmPerPixel) + 1
  const height = Math.floor((topMm - bottomMm) / mmPerPixel) + 1
  const low = defaultWindow.windowCenter - defaultWindow.windowWidth / 2
  const brightness = new Float32Array(width * height).fill(Number.NaN)
  for (let k = 0, n = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) {
      const yMm = m[5]! * j + m[6]! * k + m[7]!
      const zMm = m[9]! * j + m[10]! * k + m[11]!
      for (let i = 0; i < ni; i++, n++) {
        const x = Math.round((yMm + m[4]! * i - frontMm) / mmPerPixel)
        const y = Math.round((topMm - zMm - m[8]! * i) / mmPerPixel)
        const at = y * width + x
        const value = (decode(texels[n]!) - low) / defaultWindow.windowWidth
        const shown = Math.min(1, Math.max(0, value))
        if (!(brightness[at]! >= shown)) brightness[at] = shown
      }
    }
  }
  fillGaps(brightness, width, height)
  return { width, height, brightness, frontMm, topMm, mmPerPixel }
}

/** Thick slices leave rows that no voxel's middle falls on: they get the nearest one above or below. */
function fillGaps(brightness: Float32Array, width: number, height: number): void {
  const reach = Math.max(width, height)
  const source = brightness.slice()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!Number.isNaN(source[y * width + x]!)) continue
      brightness[y * width + x] = nearest(source, width, height, x, y, reach)
    }
  }
}

function nearest(
  source: Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
  reach: number,
): number {
  const at = (column: number, row: number) =>
    column >= 0 && column < width && row >= 0 && row < height
      ? source[row * width + column]!
      : Number.NaN
  for (let step = 1; step < reach; step++) {
    const around = [at(x, y - step), at(x, y + step), at(x - step, y), at(x + step, y)]
    const found = around.find((value) => !Number.isNaN(value))
    if (found !== undefined) return found
  }
  return 0
}

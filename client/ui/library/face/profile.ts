import {
  invert,
  transform,
  transformPoint,
  transformVector,
} from '../../../../shared/geometry/transform.ts'
import { floatFromHalf, texelEncoding } from '../../../../shared/volume/half-float.ts'
import type { VolumeLevel, VolumeManifest } from '../../../../shared/volume/manifest.ts'
import { LevelLoader } from '../../../volume/level-loader.ts'

/** The head from its left side: the sum along each line from left to right, as in an X-ray. */
export interface Profile {
  /** Pixels across (front to back) and down (head to foot). */
  readonly width: number
  readonly height: number
  /** 0…1, x fastest; 0 where there is air alone. */
  readonly brightness: Float32Array
  /** Patient mm (LPS): y of the left edge and z of the upper edge, y growing rightwards, z falling. */
  readonly frontMm: number
  readonly topMm: number
  readonly mmPerPixel: number
}

/** Enough to know a face by, and small enough to come at once. */
const mostVoxelsPerAxis = 200
const pixels = 220
/** Skin and fat, where a voxel's edge lies in air. */
const thinnestSkinHu = -400

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

/** Adds up the nearest voxels along lines from right to left, as thick and oblique slices need it. */
export function profileOf(
  { dims, patientFromVoxel: m }: Pick<VolumeLevel, 'dims' | 'patientFromVoxel'>,
  texels: Uint16Array,
  decode: (bits: number) => number,
  { defaultWindow, unit }: Pick<VolumeManifest, 'defaultWindow' | 'unit'>,
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
  const low =
    unit === 'HU' ? thinnestSkinHu : defaultWindow.windowCenter - defaultWindow.windowWidth / 2
  const [rightMm, leftMm] = range(0)
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(m))
  const [di, dj, dk] = transformVector(voxelFromPatient, [mmPerPixel, 0, 0])
  const brightness = new Float32Array(width * height)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const start = [rightMm, frontMm + x * mmPerPixel, topMm - y * mmPerPixel] as const
      let [i, j, k] = transformPoint(voxelFromPatient, start)
      for (let xMm = rightMm; xMm <= leftMm; xMm += mmPerPixel, i += di, j += dj, k += dk) {
        const [column, row, slice] = [Math.round(i), Math.round(j), Math.round(k)]
        const isInside =
          column >= 0 && column < ni && row >= 0 && row < nj && slice >= 0 && slice < nk
        if (!isInside) continue
        const value = decode(texels[(slice * nj + row) * ni + column]!)
        brightness[at]! += Math.max(0, value - low)
      }
    }
  }
  spread(brightness)
  return { width, height, brightness, frontMm, topMm, mmPerPixel }
}

/** To 0…1; the densest hundredth is white, and the thin parts of the face are lifted. */
function spread(sums: Float32Array): void {
  const lit = sums.filter((sum) => sum > 0).sort()
  const white = lit[Math.floor(0.99 * (lit.length - 1))] ?? 1
  sums.forEach((sum, at) => {
    sums[at] = Math.min(1, sum / white) ** 0.6
  })
}

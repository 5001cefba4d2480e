import type { SliceSource } from '../dicom/index.ts'
import { encodePng } from './thumbnail/png.ts'
import type { VolumePool } from './volume-pool.ts'
import { bytesPerVoxel, voxelsOver } from './voxels.ts'

/** One slice in grey from its darkest to its brightest value, as a PNG. Throws where it cannot be decoded. */
export async function slicePicture(source: SliceSource, pool: VolumePool): Promise<Uint8Array> {
  const { rows, columns, dataType: type } = source
  const length = rows * columns
  const buffer = new SharedArrayBuffer(length * bytesPerVoxel[type])
  const { problem } = await pool.decode({ kind: 'decode', source, buffer, type, offset: 0, length })
  if (problem) throw new Error(problem.message)
  const values = voxelsOver(buffer, type)
  let [least, most] = [values[0]!, values[0]!]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  const rgb = new Uint8Array(3 * length)
  const scale = most > least ? 255 / (most - least) : 0
  for (let n = 0; n < length; n++) rgb.fill((values[n]! - least) * scale, 3 * n, 3 * n + 3)
  return encodePng(columns, rows, rgb)
}

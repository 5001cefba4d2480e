import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSlice, readStudy } from '../../server/dicom/index.ts'
import { testData } from '../../test/support/test-data.ts'

export interface Series {
  readonly dims: readonly [number, number, number]
  readonly patientFromVoxel: readonly number[]
  readonly voxels: Int16Array<ArrayBuffer>
}

/** The one series of a folder of the shared test data, its voxels decoded. */
export async function series(folder: string): Promise<Series> {
  const root = testData('dicom', folder)
  const files = readdirSync(root).map((name, fileIndex) => {
    const path = join(root, name)
    return { fileIndex, path, bytes: statSync(path).size }
  })
  const { series: found } = await readStudy(files, { secret: new Uint8Array(32) })
  const [first] = found
  if (!first) throw new Error(`${folder} holds no volume`)
  const [ni, nj, nk] = first.dims
  const voxels = new Int16Array(ni * nj * nk)
  for (const [k, slice] of first.slices.entries()) voxels.set(await decodeSlice(slice), k * ni * nj)
  return { dims: first.dims, patientFromVoxel: first.patientFromVoxel, voxels }
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSlice, readStudy } from '../../server/dicom/index.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { testData } from '../../test/support/test-data.ts'

export interface Series {
  readonly dims: readonly [number, number, number]
  readonly patientFromVoxel: readonly number[]
  readonly voxels: Int16Array<ArrayBuffer>
}

/** The one series of a folder of the shared test data, its voxels decoded. */
export async function series(folder: string): Promise<Series> {
  const root = testData('dicom', folder)
  using spooled = spoolFiles(readdirSync(root).map((name) => join(root, name)))
  const { series: found } = await readStudy(spooled.files, {
    vault: memoryVault(),
    threads: inThisThread,
  })
  const [first] = found
  if (!first) throw new Error(`${folder} holds no volume`)
  const [ni, nj, nk] = first.dims
  const voxels = new Int16Array(ni * nj * nk)
  for (const [k, slice] of first.slices.entries()) voxels.set(await decodeSlice(slice), k * ni * nj)
  return { dims: first.dims, patientFromVoxel: first.patientFromVoxel, voxels }
}

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { decodeSlice, readStudy } from '../../../../server/dicom/index.ts'
import { inThisThread } from '../../../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../../../server/dicom/test-support/spool-files.ts'
import { suvWindow } from '../../../../shared/volume/suv.ts'
import type { ValueWindow } from '../../../../shared/volume/transfer-function.ts'
import { testData } from '../../../support/test-data.ts'

/** A series of the shared imaging data as it would be drawn after an import. */
export interface SampleVolume {
  readonly modality: string
  readonly dims: readonly [number, number, number]
  readonly patientFromVoxel: readonly number[]
  readonly type: 'int16' | 'uint16' | 'float32'
  /** Of `type`, x fastest. */
  readonly bytes: Uint8Array
  readonly paddingValue?: number
  readonly window?: ValueWindow
}

/** By the name that its pictures bear. */
export const sampleFolders: Readonly<Record<string, string>> = {
  'ct-chest': 'petct-lung-acrin042/ct',
  'ct-head': 'ct-headphantom-1mm',
  'ct-tilt': 'ct-gantry-tilt-16.5',
  'mr-head': 'mr-t1-sagittal-studyforrest',
  'mr-decubitus': 'mr-t1-decubitus-HFDL',
  'pt-chest': 'petct-lung-acrin042/pt-ac',
}

const kinds = { int16: Int16Array, uint16: Uint16Array, float32: Float32Array }

export async function sampleVolume(folder: string): Promise<SampleVolume> {
  const root = testData('dicom', folder)
  using spooled = spoolFiles(readdirSync(root).map((name) => join(root, name)))
  const { series } = await readStudy(spooled.files, {
    vault: memoryVault(),
    threads: inThisThread,
  })
  const [found] = series
  if (!found) throw new Error(`${folder} holds no volume`)
  const { dims, patientFromVoxel, dataType: type, modality, paddingValue, suvbwFactor } = found
  const voxels = new kinds[type](dims[0] * dims[1] * dims[2])
  for (const [k, slice] of found.slices.entries()) {
    voxels.set(await decodeSlice(slice), k * dims[0] * dims[1])
  }
  const window = suvbwFactor === undefined ? found.headerWindow : suvWindow(suvbwFactor)
  return {
    modality,
    dims,
    patientFromVoxel,
    type,
    bytes: new Uint8Array(voxels.buffer),
    ...(paddingValue !== undefined && { paddingValue }),
    ...(window && { window }),
  }
}

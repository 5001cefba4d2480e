import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readStudy } from '../../server/dicom/index.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { cornersOf, largestDistanceMm, spoolOf, voxelsOf } from './dicom-spool.ts'

interface Nifti {
  readonly dims: readonly [number, number, number]
  /** RAS turned to LPS, row-major. */
  readonly patientFromVoxel: readonly number[]
  readonly voxels: Int16Array
}

/** Converts with Debian's dcm2niix, uncompressed and without cropping. */
async function dcm2niix(folder: string): Promise<Nifti> {
  const out = mkdtempSync(join(tmpdir(), 'caseroom-nifti-'))
  try {
    await promisify(execFile)('dcm2niix', ['-z', 'n', '-b', 'n', '-f', 'volume', '-o', out, folder])
    const images = readdirSync(out).filter((name) => name.endsWith('.nii'))
    expect(images).toHaveLength(1)
    return readNifti(readFileSync(join(out, images[0]!)))
  } finally {
    rmSync(out, { recursive: true })
  }
}

/** The fields of a NIfTI-1 header that a little-endian int16 volume needs. */
function readNifti(file: Buffer): Nifti {
  const dims = [42, 44, 46].map((offset) => file.readInt16LE(offset)) as [number, number, number]
  expect(file.readInt16LE(70)).toBe(4)
  const [slope, intercept] = [file.readFloatLE(112), file.readFloatLE(116)]
  const ras = Array.from({ length: 12 }, (_, n) => file.readFloatLE(280 + 4 * n))
  const patientFromVoxel = [...ras.map((mm, n) => (n < 8 ? -mm : mm)), 0, 0, 0, 1]
  const start = file.readFloatLE(108)
  const bytes = Uint8Array.from(file.subarray(start, start + 2 * dims[0] * dims[1] * dims[2]))
  const stored = new Int16Array(bytes.buffer)
  const voxels = stored.map((value) => value * (slope || 1) + (slope ? intercept : 0))
  return { dims, patientFromVoxel, voxels }
}

/** Which axes of ours run backwards in the NIfTI; the axes themselves are the same. */
function flips(ours: readonly number[], theirs: readonly number[]): readonly boolean[] {
  return [0, 1, 2].map(
    (axis) => [0, 4, 8].reduce((sum, row) => sum + ours[row + axis]! * theirs[row + axis]!, 0) < 0,
  )
}

describe('against dcm2niix', () => {
  it.each(['dicom/ct-headphantom-1mm', 'dicom/mr-t1-sagittal-studyforrest'])(
    '[IN-1] %s: every voxel, corners to 0.1 mm',
    async (folder) => {
      const nifti = await dcm2niix(testData(folder))
      using spool = spoolOf(testFiles(folder))
      const { series } = await readStudy(spool.files, { secret: Buffer.alloc(32, 7) })
      const [ours] = series
      expect(ours!.dims).toEqual(nifti.dims)
      const flipped = flips(ours!.patientFromVoxel, nifti.patientFromVoxel)
      const place = (corners: readonly number[][]) =>
        corners.map((_, n) => {
          const mirrored = flipped.reduce(
            (at, isFlipped, axis) => at ^ (Number(isFlipped) << axis),
            n,
          )
          return corners[mirrored]!
        })
      const distance = largestDistanceMm(
        cornersOf(ours!.dims, ours!.patientFromVoxel),
        place(cornersOf(nifti.dims, nifti.patientFromVoxel)),
      )
      expect(distance).toBeLessThan(0.1)
      const [ni, nj, nk] = ours!.dims
      const voxels = await voxelsOf(ours!)
      let different = 0
      for (let k = 0; k < nk; k++) {
        for (let j = 0; j < nj; j++) {
          const kFlipped = flipped[2] ? nk - 1 - k : k
          const jFlipped = flipped[1] ? nj - 1 - j : j
          const row = (kFlipped * nj + jFlipped) * ni
          for (let i = 0; i < ni; i++) {
            const at = row + (flipped[0] ? ni - 1 - i : i)
            if (voxels[(k * nj + j) * ni + i] !== nifti.voxels[at]) different += 1
          }
        }
      }
      expect(different).toBe(0)
    },
  )
})

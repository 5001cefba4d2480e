import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readStudy } from '../../server/dicom/index.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { voxelsOf } from './dicom-spool.ts'

const run = promisify(execFile)

interface Nifti {
  readonly dims: readonly [number, number, number]
  /** RAS turned to LPS, row-major. */
  readonly patientFromVoxel: readonly number[]
  readonly voxels: ArrayLike<number>
}

/** Converts with Debian's dcm2niix, uncompressed and without cropping; it reads no JPEG-LS. */
async function dcm2niix(paths: readonly string[]): Promise<Nifti> {
  const work = mkdtempSync(join(tmpdir(), 'caseroom-nifti-'))
  try {
    const [raw, out] = [join(work, 'raw'), join(work, 'out')]
    for (const folder of [raw, out]) mkdirSync(folder)
    for (const path of paths) await run('gdcmconv', ['--raw', path, join(raw, basename(path))])
    await run('dcm2niix', ['-z', 'n', '-b', 'n', '-f', 'volume', '-o', out, raw])
    const images = readdirSync(out).filter((name) => name.endsWith('.nii'))
    expect(images).toHaveLength(1)
    return readNifti(readFileSync(join(out, images[0]!)))
  } finally {
    rmSync(work, { recursive: true })
  }
}

const kinds = { 4: Int16Array, 16: Float32Array, 512: Uint16Array } as const

/** The fields of a NIfTI-1 header that a little-endian volume needs; values as they are stored. */
function readNifti(file: Buffer): Nifti {
  const dims = [42, 44, 46].map((offset) => file.readInt16LE(offset)) as [number, number, number]
  const kind = kinds[file.readInt16LE(70) as keyof typeof kinds]
  const [slope, intercept] = [file.readFloatLE(112), file.readFloatLE(116)]
  const ras = Array.from({ length: 12 }, (_, n) => file.readFloatLE(280 + 4 * n))
  const patientFromVoxel = ras.map((mm, n) => (n < 8 ? -mm : mm))
  const start = file.readFloatLE(108)
  const length = dims[0] * dims[1] * dims[2]
  const bytes = Uint8Array.from(file.subarray(start, start + kind.BYTES_PER_ELEMENT * length))
  const stored = new kind(bytes.buffer)
  const isScaled = slope === 1 && intercept !== 0
  return {
    dims,
    patientFromVoxel,
    voxels: isScaled ? stored.map((value) => value + intercept) : stored,
  }
}

const axis = (affine: readonly number[], n: number) => [0, 4, 8].map((row) => affine[row + n]!)
const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, value, n) => sum + value * b[n]!, 0)

/** For each axis of ours the one of theirs that is parallel to it, and whether it runs backwards. */
function axesIn(ours: readonly number[], theirs: readonly number[]) {
  return [0, 1, 2].map((n) => {
    const cosines = [0, 1, 2].map((m) => {
      const [a, b] = [axis(ours, n), axis(theirs, m)]
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
    })
    const sizes = cosines.map(Math.abs)
    const parallel = sizes.indexOf(Math.max(...sizes))
    return { axis: parallel, isBackwards: cosines[parallel]! < 0 }
  })
}

const place = (affine: readonly number[], voxel: readonly number[]) =>
  [0, 4, 8].map((row) => dot(affine.slice(row, row + 3), voxel) + affine[row + 3]!)

describe('against dcm2niix', () => {
  it.each([
    'dicom/ct-headphantom-1mm',
    'dicom/mr-t1-sagittal-studyforrest',
    'dicom/mr-t1-decubitus-HFDL',
    'dicom/ct-mixed-rescale',
    'dicom/petct-lung-acrin042/pt-ac',
    'dicom/enhanced/enhanced-mr-philips-8frame.dcm',
    'dicom/enhanced/legacy-converted-enhanced-ct.dcm',
  ])('[IN-5] %s: every voxel, corners to 0.1 mm', async (name) => {
    const paths = name.endsWith('.dcm') ? [testData(name)] : testFiles(name)
    const nifti = await dcm2niix(paths)
    using spooled = spoolFiles(paths)
    const reading = await readStudy(spooled.files, { vault: memoryVault(), threads: inThisThread })
    const ours = reading.series[0]!
    const axes = axesIn(ours.patientFromVoxel, nifti.patientFromVoxel)
    expect(ours.dims).toEqual(axes.map((each) => nifti.dims[each.axis]))
    const theirVoxel = (voxel: readonly number[]) => {
      const at = [0, 0, 0]
      for (const [n, { axis, isBackwards }] of axes.entries()) {
        at[axis] = isBackwards ? nifti.dims[axis]! - 1 - voxel[n]! : voxel[n]!
      }
      return at
    }
    for (let corner = 0; corner < 8; corner++) {
      const voxel = ours.dims.map((size, n) => ((corner >> n) & 1) * (size - 1))
      const here = place(ours.patientFromVoxel, voxel)
      const there = place(nifti.patientFromVoxel, theirVoxel(voxel))
      expect(Math.hypot(...here.map((mm, n) => mm - there[n]!))).toBeLessThan(0.1)
    }
    const strides = [1, nifti.dims[0], nifti.dims[0] * nifti.dims[1]]
    const steps = axes.map((each) => (each.isBackwards ? -1 : 1) * strides[each.axis]!)
    const start = dot(theirVoxel([0, 0, 0]), strides)
    const [ni, nj, nk] = ours.dims
    const voxels = await voxelsOf(ours)
    let largest = 0
    for (let k = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        for (let i = 0; i < ni; i++) {
          const theirs = nifti.voxels[start + i * steps[0]! + j * steps[1]! + k * steps[2]!]!
          const difference = Math.abs(voxels[(k * nj + j) * ni + i]! - theirs)
          largest = Math.max(largest, difference / Math.max(1, Math.abs(theirs)))
        }
      }
    }
    expect(largest).toBeLessThan(ours.dataType === 'float32' ? 1e-6 : 1e-9)
  })
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { decodeLabelSlice, decodeSlice, dicomTask, inspectSlice } from '../dicom/index.ts'
import { compressed, isEmpty, shuffledRow } from './brick.ts'
import { cutRow } from './cut-row.ts'
import { halve } from './downsample.ts'
import type { Slab } from './level-memory.ts'
import { chunkEdge } from './pyramid-plan.ts'
import { countValues } from './statistics.ts'
import { renderRows } from './thumbnail/render.ts'
import type {
  DecodeResult,
  DecodeTask,
  LabelResult,
  LabelTask,
  RowResult,
  RowTask,
  VolumeTask,
} from './volume-tasks.ts'
import { type Voxels, type VoxelType, voxelsOver } from './voxels.ts'

// On Linux this is the thread's own priority: a running conference goes before an import.
setPriority(0, 10)

export default function run(task: VolumeTask): unknown {
  switch (task.kind) {
    case 'decode':
      return decode(task)
    case 'cut':
      return cutRow(task, voxelsOf(task.slab, task.type))
    case 'row':
      return writeRow(task)
    case 'thumbnail':
      return renderRows(task.scene, ...task.rows)
    case 'label':
      return decodeLabel(task)
    case 'dicom':
      return dicomTask(task.task)
    case 'warm':
      return undefined
  }
}

async function decode({ source, buffer, type, offset, length }: DecodeTask): Promise<DecodeResult> {
  try {
    if (source.rows * source.columns !== length || source.dataType !== type) {
      throw new RangeError('a slice is not what its volume is made of')
    }
    const slab = voxelsOver(buffer, type)
    if (slab instanceof Uint8Array) throw new RangeError('a volume is not made of bytes')
    const values = slab.subarray(offset, offset + length)
    await decodeSlice(source, values)
    const text = await inspectSlice(values, source)
    return text ? { text } : {}
  } catch (error) {
    const problem = refusal(error, 'The pixels of a slice could not be decoded.')
    return { problem: { ...problem, fileIndex: source.fileIndex } }
  }
}

async function decodeLabel({ source, buffer, offset, length }: LabelTask): Promise<LabelResult> {
  try {
    await decodeLabelSlice(source, new Uint8Array(buffer, offset, length))
    return {}
  } catch (error) {
    return { problem: refusal(error, 'A segment could not be decoded.') }
  }
}

/** A coded error of server/dicom is in words for people; anything else is not shown to them. */
function refusal(error: unknown, otherwise: string): { code: string; message: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const coded = /^[a-z]+(-[a-z0-9]+)+$/.test(code)
  return coded
    ? { code, message: (error as Error).message }
    : { code: 'pixel-decode-failed', message: otherwise }
}

function writeRow(task: RowTask): RowResult {
  const { cj, next } = task
  const { dims } = task.slab
  const slab = voxelsOf(task.slab, task.type)
  const rows = [cj * chunkEdge, Math.min(dims[1], (cj + 1) * chunkEdge)] as const
  if (task.tally) countValues(slab, dims, rows, task.paddingValue, task.tally)
  if (next) {
    const halving = {
      fine: slab,
      fineDims: dims,
      coarse: voxelsOf(next.slab, task.type),
      coarseDims: next.slab.dims,
      factors: next.factors,
      reduction: task.reduction,
      paddingValue: task.paddingValue,
    }
    halve(halving, Math.ceil(rows[0] / next.factors[1]), Math.ceil(rows[1] / next.factors[1]))
  }
  const chunks = [...shuffledRow(slab, dims, cj, task.fill).entries()]
  const written = task.isSparse ? chunks.filter(([, chunk]) => !isEmpty(chunk)) : chunks
  if (written.length > 0) mkdirSync(task.folder, { recursive: true })
  const paths: string[] = []
  let bytes = 0
  for (const [ci, chunk] of written) {
    const stored = compressed(chunk, task.zstdLevel)
    const path = join(task.folder, String(ci))
    writeFileSync(path, stored)
    paths.push(path)
    bytes += stored.length
  }
  return { paths, bytes }
}

function voxelsOf({ buffer, offset, dims }: Slab, type: VoxelType): Voxels {
  return voxelsOver(buffer, type).subarray(offset, offset + dims[0] * dims[1] * dims[2])
}

import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ImportProblem } from '../../shared/case/import.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { cross, dot } from '../../shared/geometry/vector.ts'
import type { VolumeLabel } from '../../shared/volume/manifest.ts'
import type { AssembledLabel } from '../dicom/index.ts'
import type { DurableTree } from './durable-tree.ts'
import { Pyramid, type PyramidSink } from './pyramid.ts'
import { chunkEdge, type Dims } from './pyramid-plan.ts'
import { summed } from './tally.ts'
import type { VolumePool } from './volume-pool.ts'
import { labelsFolder } from './volume-store.ts'
import type { SlabFeed } from './write-volume.ts'
import { arrayMetadata, labelMetadata, labelsMetadata } from './zarr-metadata.ts'

/** A label map that is to be written, and where its voxels come from. */
export interface LabelMap
  extends Pick<AssembledLabel, 'algorithmType' | 'colour' | 'fractional' | 'name' | 'source'> {
  /** The slices that have any of it. */
  readonly slices: readonly { readonly k: number }[]
  /** Puts what there is of slices from 64 · `index` on into a slab of zeros, a byte a voxel. */
  readonly feed: SlabFeed
}

export interface LabelGrid {
  readonly dims: Dims
  readonly patientFromVoxel: readonly number[]
}

export interface LabelOptions {
  /** Is told of a label that was left out. */
  readonly onProblem?: (problem: ImportProblem) => void
  readonly signal?: AbortSignal
}

/** A label that could not be decoded. */
export class LabelRefusedError extends Error {
  readonly problem: ImportProblem

  constructor(problem: ImportProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/**
 * Writes the label maps of a volume on its own grid, one after another in the same memory: one slab
 * of each level. One whose feed throws a LabelRefusedError is left out whole.
 */
export async function writeLabels(
  labels: readonly LabelMap[],
  grid: LabelGrid,
  { tree, pool }: { tree: DurableTree; pool: VolumePool },
  { onProblem, signal }: LabelOptions = {},
): Promise<VolumeLabel[]> {
  const written: VolumeLabel[] = []
  if (labels.length === 0) return written
  const { dims, patientFromVoxel } = grid
  const bytes = { type: 'uint8', fill: 0, paddingValue: undefined, kind: 'label' } as const
  const pyramid = new Pyramid({ dims, patientFromVoxel, ...bytes }, pool)
  const writeDocument = (folder: string, document: object) =>
    tree.write(join(labelsFolder, folder, 'zarr.json'), JSON.stringify(document))
  for (const label of labels) {
    const labelId = String(written.length + 1)
    const folder = join(tree.path, labelsFolder, labelId)
    const paths: string[] = []
    const sink = { folder, wrote: (some: readonly string[]) => void paths.push(...some) }
    try {
      await writeLevels(label, pyramid, sink, signal)
    } catch (error) {
      if (!(error instanceof LabelRefusedError)) throw error
      await rm(folder, { recursive: true, force: true })
      onProblem?.(error.problem)
      continue
    }
    tree.syncLater(paths)
    const described = { labelId, ...describedLabel(label, pyramid) }
    await writeDocument(labelId, labelMetadata(pyramid.levels, described))
    for (const level of pyramid.levels) {
      await writeDocument(join(labelId, level.path), arrayMetadata(level, 'uint8', 0))
    }
    written.push(described)
  }
  if (written.length > 0) await writeDocument('.', labelsMetadata(written))
  return written
}

/** Slabs without any of the label cost nothing. */
async function writeLevels(
  { slices, feed }: LabelMap,
  pyramid: Pyramid,
  sink: PyramidSink,
  signal: AbortSignal | undefined,
): Promise<void> {
  const depth = pyramid.levels[0]?.dims[2] ?? 0
  if (slices.some(({ k }) => !(k >= 0 && k < depth))) {
    throw new RangeError('a slice of a label lies outside its volume')
  }
  const filled = new Set(slices.map(({ k }) => Math.floor(k / chunkEdge)))
  pyramid.restart()
  for (let index = 0; index * chunkEdge < depth; index++) {
    signal?.throwIfAborted()
    if (filled.has(index)) await feed(pyramid.slab(index), index)
    await pyramid.flush(index, sink, filled.has(index))
  }
}

function describedLabel(label: LabelMap, pyramid: Pyramid): Omit<VolumeLabel, 'labelId'> {
  const { name, colour, source, algorithmType, fractional } = label
  const [finest] = pyramid.levels
  if (!finest) throw new RangeError('a pyramid has a finest level')
  return {
    name,
    colour: [...colour],
    source,
    ...(algorithmType && { algorithmType }),
    fractional,
    ...measured(pyramid.tallies, voxelMm3(finest.patientFromVoxel), fractional ? 255 : 1),
  }
}

function measured(tallies: readonly ArrayBufferLike[], mm3: number, full: number) {
  const counts = summed(tallies).subarray(0, full + 1)
  counts[0] = 0
  return {
    voxelCount: counts.reduce((sum, count) => sum + count, 0),
    volumeMm3: (counts.reduce((sum, count, value) => sum + value * count, 0) / full) * mm3,
  }
}

/** Of one voxel, sheared ones too: the determinant of the three steps. */
function voxelMm3(patientFromVoxel: readonly number[]): number {
  const step = (axis: number): Vec3 => [
    patientFromVoxel[axis]!,
    patientFromVoxel[4 + axis]!,
    patientFromVoxel[8 + axis]!,
  ]
  return Math.abs(dot(step(0), cross(step(1), step(2))))
}

import type { Alteration } from '../alteration.ts'
import { maxVolumeVoxels, minSlices } from '../bounds.ts'
import type { Pseudonyms } from '../deidentify/pseudonym.ts'
import type { AssembledLabel } from '../derived/label.ts'
import type { Instance, VolumeModality } from '../instance.ts'
import { seriesLabel } from '../leaving/label.ts'
import { type ShownAttribute, shownAttributes } from '../leaving/shown-attributes.ts'
import type { Note } from '../note.ts'
import { DicomError, type ProblemCode } from '../problem.ts'
import type { SliceDataType, SliceSource } from '../slice-source.ts'
import { withoutDuplicates } from './duplicates.ts'
import { checkParallel, groupByGrid } from './group.ts'
import { type Stack, stack } from './stack.ts'
import { headerWindow, paddingValue, type SeriesValues, seriesValues } from './values.ts'

/** One volume, described; its voxels are decoded slice by slice with `decodeSlice`. */
export interface AssembledSeries {
  readonly seriesIndex: number
  /** Of `ImportReading.studies`. */
  readonly studyIndex: number
  /** Given here, so that what is said of the volume elsewhere can name it. */
  readonly volumeId: string
  readonly modality: VolumeModality
  readonly label: string
  /** Remapped. */
  readonly frameOfReferenceUID: string
  /** Columns, rows, slices. */
  readonly dims: readonly [number, number, number]
  /** 16 numbers, row-major, mm LPS, voxel centres. */
  readonly patientFromVoxel: readonly number[]
  readonly dataType: SliceDataType
  readonly unit: 'HU' | 'stored' | 'Bq/ml'
  /** SUV (body weight) of one Bq/ml. */
  readonly suvbwFactor?: number
  readonly paddingValue?: number
  readonly headerWindow?: { readonly windowCenter: number; readonly windowWidth: number }
  readonly attributes: readonly ShownAttribute[]
  /** k ascending along cross(row, column). */
  readonly slices: readonly SliceSource[]
  readonly labels?: readonly AssembledLabel[]
  /** What was decided about it, in words. */
  readonly notes: readonly Note[]
  readonly alterations: readonly Alteration[]
}

/** A volume with the instances it was made of. */
export interface Assembly {
  readonly series: Omit<AssembledSeries, 'seriesIndex' | 'studyIndex' | 'volumeId'>
  /** One for each slice; undefined for one that none was sent for. */
  readonly bySlice: readonly (Instance | undefined)[]
}

export interface Refusal {
  readonly error: DicomError
  readonly files: number
}

export interface SeriesOutcome {
  readonly assemblies: readonly Assembly[]
  readonly refusals: readonly Refusal[]
  /** Files that are exact copies of a slice. */
  readonly copies: number
}

/** Makes what volumes there are in the instances of one Series Instance UID. */
export async function assembleSeries(
  instances: readonly Instance[],
  pseudonyms: Pseudonyms,
): Promise<SeriesOutcome> {
  const assemblies: Assembly[] = []
  const refusals: Refusal[] = []
  let copies = 0
  const grids = groupByGrid(instances)
  for (const grid of grids) {
    try {
      if (grid.length < minSlices) throw tooFew(grid.length, grids.length > 1)
      const outcome = await assembleGrid(grid, pseudonyms)
      assemblies.push(...outcome.assemblies)
      copies += outcome.copies
    } catch (error) {
      if (!(error instanceof DicomError)) throw error
      refusals.push({ error, files: grid.length })
    }
  }
  return { assemblies, refusals, copies }
}

async function assembleGrid(grid: readonly Instance[], pseudonyms: Pseudonyms) {
  checkParallel(grid)
  const { sourceOf } = seriesValues(grid)
  const { stacks, copies } = await withoutDuplicates(grid, sourceOf)
  const assemblies = stacks.map((instances, index) => {
    if (instances.length < minSlices) throw tooFew(instances.length, false)
    const part = stacks.length > 1 ? `part ${index + 1} of ${stacks.length}` : undefined
    return assemble(stack(instances), seriesValues(instances), part, pseudonyms)
  })
  return { assemblies, copies: copies.length }
}

function assemble(
  ordered: Stack,
  { sourceOf, dataType, unit }: SeriesValues,
  part: string | undefined,
  pseudonyms: Pseudonyms,
): Assembly {
  const { instances, patientFromVoxel } = ordered
  const [first] = instances as [Instance]
  const { columns, rows } = first.pixels
  if (columns * rows * instances.length > maxVolumeVoxels) throw new DicomError('too-large')
  const slices = instances.map(sourceOf)
  const padding = paddingValue(slices)
  const window = headerWindow(instances, slices[Math.floor(slices.length / 2)]!.rescale)
  const series = {
    modality: first.modality,
    label: seriesLabel(ordered, part),
    frameOfReferenceUID: frameOfReferenceUID(first, pseudonyms),
    dims: [columns, rows, instances.length] as const,
    patientFromVoxel,
    dataType,
    unit,
    ...(padding !== undefined && { paddingValue: padding }),
    ...(window && { headerWindow: window }),
    attributes: shownAttributes(instances),
    slices,
    notes: [],
    alterations: [],
  }
  return { series, bySlice: instances }
}

/** A series without one shares its space with nothing else. */
function frameOfReferenceUID({ dataSet }: Instance, pseudonyms: Pseudonyms): string {
  const own = `frame of reference of ${dataSet.string('SeriesInstanceUID')}`
  return dataSet.string('FrameOfReferenceUID') ?? pseudonyms.uid(own)
}

function tooFew(count: number, isLeftover: boolean): DicomError {
  const code: ProblemCode = isLeftover ? 'mixed-size' : 'too-few-slices'
  const what = count === 1 ? 'One image' : `${count} images`
  return isLeftover
    ? new DicomError(code, `${what} of the series differ from the others in size or pixel spacing.`)
    : new DicomError(code, `${what} cannot make a volume: it needs at least three slices.`)
}

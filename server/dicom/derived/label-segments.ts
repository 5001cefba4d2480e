import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import type { DescribedFile } from '../described-file.ts'
import { wordsOf } from '../leaving/clean-words.ts'
import type { Note } from '../note.ts'
import { DicomError } from '../problem.ts'
import { findSource } from './find-source.ts'
import type { AssembledLabel } from './label.ts'
import { paletteColour, srgbOfLab } from './label-colour.ts'
import { labelNames } from './label-name.ts'
import type { FrameSource, PixelMeaning, PlacedFrame, SegmentSlice } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import { type FramePlace, framesThatFit, type Placing, placeFrames } from './place-frames.ts'
import { presentValues } from './present-values.ts'
import { propertyWords } from './property-words.ts'
import {
  readSegmentation,
  type Segment,
  type Segmentation,
  type SegmentationFrame,
} from './segmentation.ts'

/** The labels of one file, all on one volume. */
export interface LabelsOfFile {
  /** Index of the volume. */
  readonly volume: number
  readonly labels: readonly AssembledLabel[]
  readonly notes: readonly Note[]
}

/** A label for each segment that has a voxel. Throws a DicomError that says why there is none. */
export async function labelSegments(
  described: DescribedFile,
  dataSet: CleanDataSet,
  grids: readonly VolumeGrid[],
): Promise<LabelsOfFile> {
  const segmentation = readSegmentation(dataSet)
  const source = findSource(grids, segmentation.claim, 'A segmentation is', (grid) =>
    framesThatFit(segmentation, grid),
  )
  const grid = grids[source.volume]!
  const placing = placeFrames(segmentation, grid)
  const { places } = placing
  if (places.every(({ slices }) => slices.length === 0))
    throw new DicomError('label-without-source', beyondWords)
  const framesOf = await framesOfSegments(segmentation, places, described)
  const filled = segmentation.segments.filter(({ number }) => framesOf.has(number))
  const patient = wordsOf(described.original.patient.patientName ?? '')
  const names = labelNames(filled.map(named), 'Segment', patient)
  const labels = filled.map((segment, n): AssembledLabel => {
    const slices = slicesOf(segment, framesOf.get(segment.number)!, segmentation, grid)
    const algorithmType = algorithmTypeOf(segment.dataSet.string('SegmentAlgorithmType'))
    return {
      name: names[n]!,
      colour: colourOf(segment, n),
      source: 'SEG',
      ...(algorithmType && { algorithmType }),
      fractional: segmentation.type === 'FRACTIONAL',
      slices,
    }
  })
  const empty = segmentation.segments.length - filled.length
  return {
    volume: source.volume,
    labels,
    notes: notesOf(placing, source.isNamed, empty),
  }
}

interface SourceOnSlice extends PlacedFrame {
  readonly k: number
}

/** By segment number: frames that hold some of it, as often as the slices they lie on. */
async function framesOfSegments(
  segmentation: Segmentation,
  places: readonly FramePlace[],
  described: DescribedFile,
): Promise<ReadonlyMap<number, readonly SourceOnSlice[]>> {
  const known = new Set(segmentation.segments.map(({ number }) => number))
  const found = new Map<number, SourceOnSlice[]>()
  for (const { frame, slices } of places) {
    if (slices.length === 0) continue
    const source = frameSource(frame, segmentation, described)
    const present = await presentValues(source)
    const numbers =
      frame.segmentNumber === undefined ? present : present.size > 0 ? [frame.segmentNumber] : []
    for (const number of numbers) {
      if (!known.has(number)) continue
      const list = found.get(number) ?? []
      list.push(...slices.map((slice) => ({ ...slice, source })))
      found.set(number, list)
    }
  }
  return found
}

function frameSource(
  { index }: SegmentationFrame,
  { rows, columns, bitsAllocated, bitsStored }: Segmentation,
  { file, locations }: DescribedFile,
): FrameSource {
  const location = locations[index]
  if (!location) throw new DicomError('no-pixel-data')
  return { file, rows, columns, bitsAllocated, bitsStored, location }
}

function slicesOf(
  { number }: Segment,
  frames: readonly SourceOnSlice[],
  segmentation: Segmentation,
  { columns, rows }: VolumeGrid,
): AssembledLabel['slices'] {
  const meaning = meaningOf(segmentation, number)
  const bySlice = Map.groupBy(frames, ({ k }) => k)
  return [...bySlice]
    .toSorted(([a], [b]) => a - b)
    .map(([k, placed]) => {
      const frames = placed.map(({ k: _, ...frame }) => frame)
      const source: SegmentSlice = { kind: 'segment', columns, rows, frames, meaning }
      return { k, source }
    })
}

function meaningOf({ type, maximum }: Segmentation, segmentNumber: number): PixelMeaning {
  if (type === 'FRACTIONAL') return { kind: 'fractional', maximum }
  return type === 'LABELMAP' ? { kind: 'number', segmentNumber } : { kind: 'binary' }
}

function named({ number, dataSet }: Segment) {
  const words =
    propertyWords(dataSet.items('SegmentedPropertyTypeCodeSequence')) ??
    propertyWords(dataSet.items('SegmentedPropertyCategoryCodeSequence'))
  return { label: dataSet.string('SegmentLabel'), words, number }
}

function colourOf({ dataSet }: Segment, n: number): AssembledLabel['colour'] {
  return srgbOfLab(dataSet.numbers('RecommendedDisplayCIELabValue')) ?? paletteColour(n)
}

export function algorithmTypeOf(term: string | undefined): AssembledLabel['algorithmType'] {
  return term === 'AUTOMATIC' || term === 'SEMIAUTOMATIC' || term === 'MANUAL' ? term : undefined
}

const beyondWords = 'A segmentation is not imported: it lies beyond its source series.'

function notesOf({ isSameGrid, outside }: Placing, isNamed: boolean, empty: number) {
  const notes: Note[] = []
  const say = (code: string, message: string) => notes.push({ code, message })
  if (!isNamed) {
    const on = 'It was made on a series that is not among the files'
    say('label-other-series', `A segmentation: ${on}, and lies where that one would.`)
  }
  if (!isSameGrid) {
    const how = 'each voxel took the value of the nearest one'
    say('label-resampled', `A segmentation of another grid than the volume's: ${how}.`)
  }
  if (outside > 0)
    say('label-outside', `A segmentation: ${count(outside, 'plane')} beyond the volume.`)
  if (empty > 0) say('label-empty', `A segmentation: ${count(empty, 'segment')} without a voxel.`)
  return notes
}

const count = (n: number, noun: string) => (n === 1 ? `1 ${noun}` : `${n} ${noun}s`)

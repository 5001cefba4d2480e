import type { CleanDataSet } from '../deidentify/clean-data-set.ts'
import type { DescribedFile } from '../described-file.ts'
import { wordsOf } from '../leaving/clean-words.ts'
import type { Note } from '../note.ts'
import { DicomError } from '../problem.ts'
import { findSource } from './find-source.ts'
import type { AssembledLabel } from './label.ts'
import { paletteColour, srgbOfDisplayColour } from './label-colour.ts'
import { labelNames } from './label-name.ts'
import { algorithmTypeOf, type LabelsOfFile } from './label-segments.ts'
import type { ContourSlice } from './label-slice-source.ts'
import type { VolumeGrid } from './labelled-volume.ts'
import { type LeftOut, type PlacedContours, placeContours } from './place-contours.ts'
import { propertyWords } from './property-words.ts'
import { readStructureSet, type Structure } from './structure-set.ts'

/** A label for each structure with a closed contour on a slice. Throws a DicomError if none has. */
export function labelStructures(
  described: DescribedFile,
  dataSet: CleanDataSet,
  grids: readonly VolumeGrid[],
): LabelsOfFile {
  const { structures, claim } = readStructureSet(dataSet)
  const contours = structures.flatMap((structure) => structure.contours)
  const source = findSource(grids, claim, 'Contours are', (grid) => {
    const { moved, outside, slanted } = placeContours(contours, grid).left
    return contours.length - moved - outside - slanted
  })
  const grid = grids[source.volume]!
  const placed = structures.map((structure) => placeContours(structure.contours, grid))
  const drawn = structures.flatMap((structure, n) => {
    const { slices } = placed[n]!
    return slices.length > 0 ? [{ structure, slices }] : []
  })
  const left = total(placed.map((each) => each.left))
  if (drawn.length === 0) throw nothingDrawn(left)
  const patient = wordsOf(described.original.patient.patientName ?? '')
  const names = labelNames(
    drawn.map(({ structure }) => named(structure)),
    'Structure',
    patient,
  )
  const labels = drawn.map(({ structure, slices }, n): AssembledLabel => {
    const algorithmType = algorithmTypeOf(structure.generationAlgorithm)
    return {
      name: names[n]!,
      colour: srgbOfDisplayColour(structure.displayColour) ?? paletteColour(n),
      source: 'RTSTRUCT',
      ...(algorithmType && { algorithmType }),
      fractional: false,
      slices: labelSlices(slices, grid),
    }
  })
  const empty = structures.length - drawn.length
  return { volume: source.volume, labels, notes: notesOf(left, source.isNamed, empty) }
}

function labelSlices(
  slices: PlacedContours['slices'],
  { columns, rows }: VolumeGrid,
): AssembledLabel['slices'] {
  return slices.map(({ k, planes }) => {
    const source: ContourSlice = { kind: 'contours', columns, rows, planes }
    return { k, source }
  })
}

/** RT ROI Interpreted Type (PS3.3 C.8.8.8), as far as it names a thing. */
const typeWords: Readonly<Record<string, string>> = {
  EXTERNAL: 'Outline of the body',
  GTV: 'GTV',
  CTV: 'CTV',
  PTV: 'PTV',
  ORGAN: 'Organ',
  AVOIDANCE: 'Avoidance',
  BOLUS: 'Bolus',
  CAVITY: 'Cavity',
  SUPPORT: 'Support',
  FIXATION: 'Fixation',
}

function named({ number, label, codes, interpretedType = '' }: Structure) {
  const type = Object.hasOwn(typeWords, interpretedType) ? typeWords[interpretedType] : undefined
  return { label, words: propertyWords(codes) ?? type, number }
}

function total(all: readonly LeftOut[]): LeftOut {
  const sum = (reason: keyof LeftOut) => all.reduce((so, each) => so + each[reason], 0)
  return {
    open: sum('open'),
    broken: sum('broken'),
    slanted: sum('slanted'),
    outside: sum('outside'),
    moved: sum('moved'),
  }
}

function nothingDrawn({ open, outside, slanted }: LeftOut): DicomError {
  const why =
    outside > 0
      ? 'they lie beyond their source series'
      : slanted > 0
        ? 'they run across the slices of their source series'
        : open > 0
          ? 'they are points and open lines, which enclose nothing'
          : 'there are none to be drawn'
  return new DicomError('label-without-source', `Contours are not imported: ${why}.`)
}

const wordsOfReason: readonly (readonly [keyof LeftOut, code: string, words: string])[] = [
  ['open', 'contour-open', 'points or open lines, which enclose nothing and are left out'],
  ['broken', 'contour-broken', 'without three points to enclose anything, and left out'],
  ['slanted', 'contour-slanted', 'across the slices, and left out'],
  ['outside', 'label-outside', 'beyond the volume'],
  ['moved', 'contour-moved', 'drawn between two slices, and moved to the nearer one'],
]

function notesOf(left: LeftOut, isNamed: boolean, empty: number): readonly Note[] {
  const notes = wordsOfReason.flatMap(([reason, code, words]): Note[] =>
    left[reason] > 0 ? [{ code, message: `Contours: ${left[reason]} ${words}.` }] : [],
  )
  if (!isNamed) {
    const on = 'drawn on a series that is not among the files'
    notes.push({
      code: 'label-other-series',
      message: `Contours ${on}; they lie where that one would.`,
    })
  }
  if (empty > 0) {
    const what = empty === 1 ? '1 structure has' : `${empty} structures have`
    notes.push({ code: 'label-empty', message: `Contours: ${what} none to be drawn.` })
  }
  return notes
}

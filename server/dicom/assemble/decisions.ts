import type { Alteration } from '../alteration.ts'
import type { Instance } from '../instance.ts'
import { listWords, rangeWords, shortNumber } from '../leaving/words.ts'
import type { Note } from '../note.ts'
import { suvbwMissingWords } from '../suv.ts'
import type { AssembledSeries } from './assembled-series.ts'
import { type Run, spacingWords } from './runs.ts'
import type { Stack } from './stack.ts'
import { hasOneScale, isWhole, keepsStored, type SeriesValues } from './values.ts'

/** Less is the rounding of the positions. */
const leastTiltDegrees = 0.1

/** What was decided about one volume's geometry and values, in words. */
export function volumeNotes(
  { instances, tiltDegrees }: Stack,
  { dataType, unit }: SeriesValues,
  { paddingValue, suvbwFactor }: Pick<AssembledSeries, 'paddingValue' | 'suvbwFactor'>,
): readonly Note[] {
  const { modality } = instances[0]!
  return [
    ...tiltNote(tiltDegrees, modality),
    ...scaleNotes(instances, dataType),
    ...(modality === 'PT' ? petNotes(instances, unit, suvbwFactor) : []),
    ...(modality === 'CT' && unit !== 'HU'
      ? [note('not-hounsfield', 'The header does not say that the values are Hounsfield units.')]
      : []),
    ...invertedNote(instances),
    ...lossyNote(instances),
    ...(paddingValue === undefined
      ? []
      : [
          note(
            'padding',
            `Pixels outside the scanned field have the value ${shortNumber(paddingValue)}; they are left out of pictures and statistics.`,
          ),
        ]),
  ]
}

/** Slices made of their neighbours, by their number in the volume, from 1. */
export function missingAlteration(missing: readonly number[], size: number): Alteration {
  const numbers = missing.map((k) => k + 1)
  const which = `${missing.length === 1 ? 'Slice' : 'Slices'} ${rangeWords(numbers)} of ${size}`
  const what =
    missing.length === 1
      ? 'is missing and was made of its neighbours'
      : 'are missing and were made of their neighbours'
  return { code: 'missing-slice', message: `${which} ${what}: nothing was measured there.` }
}

/** One of the volumes that a series was split into because its step changes. */
export function splitAlteration(ordered: readonly Instance[], { from, to }: Run): Alteration {
  const part = `this volume is slices ${from + 1} to ${to + 1} of ${ordered.length}`
  return { code: 'uneven-spacing', message: `${spacingWords(ordered)}: ${part}.` }
}

export function partNote(words: readonly string[], parts: number): Note {
  const message = `One of ${parts} volumes over the same places: ${listWords(words)}.`
  return note('told-apart', message)
}

export function copiesNote(files: number): Note {
  const what = files === 1 ? 'One image was' : `${files} images were`
  return note('duplicate-slice', `${what} there twice, with the same pixels, and used once.`)
}

export function planesNote(planes: number): Note {
  return note('mixed-orientation', `The series holds slices in ${planes} planes, each kept apart.`)
}

export function gridsNote(grids: number): Note {
  const what = 'sizes, pixel spacings or frames of reference'
  return note('mixed-size', `The series holds images of ${grids} ${what}, each kept apart.`)
}

function note(code: string, message: string): Note {
  return { code, message }
}

function tiltNote(tiltDegrees: number, modality: string): readonly Note[] {
  if (tiltDegrees < leastTiltDegrees) return []
  const degrees = `${Number(tiltDegrees.toFixed(1))} degrees`
  const what = modality === 'CT' ? 'The gantry was tilted' : 'The slices are sheared'
  return [note('gantry-tilt', `${what} by ${degrees}; the volume keeps that angle.`)]
}

function scaleNotes(instances: readonly Instance[], dataType: string): readonly Note[] {
  const { modality, rescale } = instances[0]!
  const { slope, intercept } = rescale
  if (keepsStored(instances)) {
    const offset = `${intercept < 0 ? '−' : '+'} ${shortNumber(Math.abs(intercept))}`
    const scale = `value × ${shortNumber(slope)} ${offset}`
    return [note('stored-values', `Values are as stored; the scanner's own are ${scale}.`)]
  }
  const scales = hasOneScale(instances)
    ? []
    : [note('per-slice-scale', 'Slices have scales of their own; each was applied to its slice.')]
  const isRounded = dataType !== 'float32' && !instances.every((each) => isWhole(each.rescale))
  return [
    ...scales,
    ...(isRounded ? [note('rounded', 'Values are rounded to whole numbers.')] : []),
    ...(modality === 'MR' && dataType === 'float32'
      ? [note('fractions', 'The scales are no whole numbers: values are kept as fractions.')]
      : []),
  ]
}

/** Terms of Units (PS3.3 C.8.9.1.1.3). */
const unitWords: Readonly<Record<string, string>> = {
  CNTS: 'counts',
  CPS: 'counts per second',
  NONE: 'no unit',
  CM2: 'cm²',
  CM2ML: 'cm²/ml',
  PCNT: 'per cent',
  PROPCNTS: 'proportional to counts',
  PROPCPS: 'proportional to counts per second',
  GML: 'g/ml, an uptake value already',
  MGMINML: 'mg/min/ml',
  UMOLMINML: 'µmol/min/ml',
  MLMING: 'ml/min/g',
  MLG: 'ml/g',
  '1CM': '1/cm',
  UMOLML: 'µmol/ml',
  STDDEV: 'standard deviations',
}

function petNotes(
  instances: readonly Instance[],
  unit: string,
  suvbwFactor: number | undefined,
): readonly Note[] {
  const { dataSet } = instances[0]!
  if (unit !== 'Bq/ml') {
    const words = unitWords[dataSet.string('Units') ?? ''] ?? 'a unit that is not said'
    return [note('pet-units', `Values are in ${words}, not in Bq/ml: they give no SUV here.`)]
  }
  if (suvbwFactor !== undefined) return []
  const missing = instances.find(({ suvbwMissing }) => suvbwMissing)?.suvbwMissing
  const why = missing ? suvbwMissingWords[missing] : 'its factor differs between the slices'
  return [note('no-suv', `SUV cannot be computed: ${why}.`)]
}

function invertedNote(instances: readonly Instance[]): readonly Note[] {
  const isInverted = instances.some(
    ({ dataSet }) => dataSet.string('PhotometricInterpretation') === 'MONOCHROME1',
  )
  const message = 'The header asks for low values in white; values are kept as they are.'
  return isInverted ? [note('monochrome1', message)] : []
}

function lossyNote(instances: readonly Instance[]): readonly Note[] {
  const isLossy = instances.some(({ dataSet }) => dataSet.string('LossyImageCompression') === '01')
  return isLossy ? [note('lossy', 'The images were compressed with loss before they came.')] : []
}

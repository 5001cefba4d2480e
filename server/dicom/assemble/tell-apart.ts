import type { Keyword } from '../../../shared/dicom/attributes.ts'
import { minSlices } from '../bounds.ts'
import type { Instance } from '../instance.ts'
import { kernelCode, kernelWords } from '../leaving/kernel.ts'
import { shortNumber } from '../leaving/words.ts'
import { repeats } from './repeats.ts'

/** One of several volumes over the same places, and in words what it is. */
export interface Part {
  readonly instances: readonly Instance[]
  /** As `phase 3 of 8`; empty for an only one. */
  readonly words: readonly string[]
}

export interface Parts {
  readonly parts: readonly Part[]
  /** In no part: too few that are alike. */
  readonly rest: readonly Instance[]
}

/** Something that all slices of one volume have in common and those of another have not. */
interface Distinction {
  readonly keyOf: (instance: Instance) => string | number | undefined
  readonly wordsOf: (value: string | number | undefined, ordinal: string) => string
}

const byNumber = (keyword: Keyword, wordsOf: Distinction['wordsOf']): Distinction => ({
  keyOf: ({ dataSet }) => dataSet.number(keyword),
  wordsOf,
})
const counted = (what: string) => (_: unknown, ordinal: string) => `${what} ${ordinal}`
const measured =
  (before: string, after = '') =>
  (value: string | number | undefined, ordinal: string) =>
    typeof value === 'number' && shortNumber(value) !== undefined
      ? `${before} ${Number(value.toPrecision(4))}${after}`
      : `${before} ${ordinal}`

const componentWords: Readonly<Record<string, string>> = {
  MAGNITUDE: 'magnitude',
  PHASE: 'phase image',
  REAL: 'real part',
  IMAGINARY: 'imaginary part',
}
/** Terms of Image Type (PS3.3 C.8.3.1.1.1, C.8.13.3.1) that tell what an image shows. */
const imageTypeWords: Readonly<Record<string, string>> = {
  M: 'magnitude',
  P: 'phase image',
  R: 'real part',
  I: 'imaginary part',
  ADC: 'apparent diffusion coefficient',
  FA: 'fractional anisotropy',
  WATER: 'water',
  W: 'water',
  FAT: 'fat',
  F: 'fat',
  IN_PHASE: 'in phase',
  IP: 'in phase',
  OUT_PHASE: 'opposed phase',
  OPP_PHASE: 'opposed phase',
  OP: 'opposed phase',
  SUBTRACTION: 'subtraction',
  T1_MAP: 'T1 map',
  T2_MAP: 'T2 map',
}

/** The telling ones first: where echo and acquisition number both differ, it is the echo. */
const distinctions: readonly Distinction[] = [
  { keyOf: ({ plane }) => placeInPlane(plane), wordsOf: counted('stack') },
  { keyOf: ({ dataSet }) => dataSet.string('StackID'), wordsOf: counted('stack') },
  byNumber('TemporalPositionIdentifier', counted('phase')),
  byNumber('TemporalPositionTimeOffset', counted('phase')),
  byNumber('EchoTime', measured('echo', ' ms')),
  byNumber('EchoNumbers', counted('echo')),
  byNumber('DiffusionBValue', measured('b')),
  { keyOf: diffusionDirection, wordsOf: directionWords },
  byNumber('InversionTime', measured('inversion', ' ms')),
  byNumber('TriggerTime', counted('cardiac phase')),
  byNumber('NominalPercentageOfCardiacPhase', measured('cardiac phase', ' %')),
  {
    keyOf: ({ dataSet }) => dataSet.string('ComplexImageComponent'),
    wordsOf: (value, ordinal) => componentWords[value ?? ''] ?? `part ${ordinal}`,
  },
  {
    keyOf: ({ dataSet }) => dataSet.strings('ImageType').join('\\'),
    wordsOf: (value, ordinal) => imageWords(String(value)) ?? `kind of image ${ordinal}`,
  },
  {
    keyOf: ({ dataSet }) => kernelCode(dataSet.string('ConvolutionKernel')),
    wordsOf: (value, ordinal) =>
      value === undefined ? `kernel ${ordinal}` : kernelWords(String(value)),
  },
  byNumber('AcquisitionNumber', counted('acquisition')),
  ...[0, 1, 2, 3, 4].map((dimension) => ({
    keyOf: ({ dataSet }: Instance) => dataSet.numbers('DimensionIndexValues')[dimension],
    wordsOf: counted('part'),
  })),
]

/** Several things may differ at once, as b-value and direction: not more than this. */
const mostDistinctions = 3

/**
 * Tells apart images that lie in the same places, so that each part has one image a place. Takes
 * slices in order along the normal; undefined where nothing in the headers tells them apart.
 */
export function tellApart(ordered: readonly Instance[]): Parts | undefined {
  const strict = separate(ordered, 0, mostDistinctions)
  if (strict) return { parts: strict, rest: [] }
  for (const distinction of distinctions) {
    const groups = groupsOf(distinction, ordered)
    const large = groups.filter(({ instances }) => instances.length >= minSlices)
    const parts = large.every(({ instances }) => repeats(instances).length === 0) ? large : []
    const rest = groups.filter((group) => !large.includes(group)).flatMap((each) => each.instances)
    if (parts.length > 1 && 4 * rest.length <= ordered.length) return { parts, rest }
  }
  return undefined
}

function separate(
  ordered: readonly Instance[],
  from: number,
  depth: number,
): readonly Part[] | undefined {
  if (repeats(ordered).length === 0) return [{ instances: ordered, words: [] }]
  if (depth === 0) return undefined
  for (let n = from; n < distinctions.length; n++) {
    const groups = groupsOf(distinctions[n]!, ordered)
    const isTelling = groups.length > 1
    if (!isTelling || groups.some(({ instances }) => instances.length < minSlices)) continue
    const parts = groups.map((group) => {
      const within = separate(group.instances, n + 1, depth - 1)
      return within?.map(({ instances, words }) => ({
        instances,
        words: [...group.words, ...words],
      }))
    })
    if (parts.every((part) => part !== undefined)) return parts.flat()
  }
  return undefined
}

/** In the order of the values: the first phase is the first. */
function groupsOf({ keyOf, wordsOf }: Distinction, ordered: readonly Instance[]): readonly Part[] {
  const groups = [...Map.groupBy(ordered, keyOf)].toSorted(([a], [b]) => compare(a, b))
  return groups.map(([value, instances], n) => ({
    instances,
    words: [wordsOf(value, `${n + 1} of ${groups.length}`)],
  }))
}

function compare(a: string | number | undefined, b: string | number | undefined): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a ?? '') < String(b ?? '') ? -1 : 1
}

/** Stacks side by side: where the corner lies in its own plane, to half a millimetre. */
function placeInPlane({ position, row, column }: Instance['plane']): string {
  const at = (axis: readonly number[]) =>
    Math.round(2 * axis.reduce((sum, component, n) => sum + component * position[n]!, 0))
  return `${at(row)} ${at(column)}`
}

/** PS3.3 C.8.13.5.9. */
function diffusionDirection({ dataSet }: Instance): string | undefined {
  const [direction] = dataSet.items('DiffusionGradientDirectionSequence')
  const orientation = (direction ?? dataSet).numbers('DiffusionGradientOrientation')
  if (orientation.length === 3) return orientation.map((each) => each.toFixed(4)).join()
  return dataSet.string('DiffusionDirectionality')
}

function directionWords(value: string | number | undefined, ordinal: string): string {
  return value === 'ISOTROPIC' ? 'trace' : `direction ${ordinal}`
}

function imageWords(imageType: string): string | undefined {
  return imageType
    .split('\\')
    .slice(2)
    .map((term) => (Object.hasOwn(imageTypeWords, term) ? imageTypeWords[term] : undefined))
    .find(Boolean)
}

import { testData, testFiles } from '../../test/support/test-data.ts'
import type { JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { roundsInTime } from '../rounds-in-time.ts'
import { median, spread } from '../statistics.ts'
import { evenly } from './evenly.ts'
import type { ImportFigures, ImportLibrary } from './import-library.ts'
import { type Converter, convert, decompress } from './peers.ts'
import { type StepCosts, stepCosts } from './step-costs.ts'

export interface ComparedSeries {
  readonly name: string
  readonly folder: readonly string[]
  readonly converter: Converter
}

export const comparedSeries: readonly ComparedSeries[] = [
  { name: 'CT 60, native', folder: ['dicom', 'ct-headphantom-1mm'], converter: 'dcm2niix' },
  {
    name: 'MR 60, native',
    folder: ['dicom', 'mr-t1-sagittal-studyforrest'],
    converter: 'dcm2niix',
  },
  {
    name: 'CT 135, JPEG-LS',
    folder: ['dicom', 'petct-lung-acrin042', 'ct'],
    converter: 'dcmdjpls + dcm2niix',
  },
  { name: 'CT 20, JPEG 2000', folder: ['dicom', 'ct-gantry-tilt-16.5'], converter: 'dcm2niix' },
]

export const speedHead = ['series', 'Caseroom MB/s', 'dcm2niix MB/s', 'ratio', 'gdcmconv MB/s']
export const costHead = [
  'series',
  'CPU of all',
  'looking for text',
  'decoding',
  'describing',
  'of it for the second check',
  'sealing',
  'the rest',
]

export interface Compared {
  readonly speed: readonly string[]
  /** ms of CPU a slice. */
  readonly costs: readonly string[]
  readonly budget: JudgedBudget
}

const most = { rounds: 3, boundSeconds: 20 }
/** One file costs gdcmconv as much as another of its series. */
const gdcmconvFiles = 20

/** Imports and converts one series in turn. A speed is decoded MB per second of wall time. */
export async function compare(
  { name, folder, converter }: ComparedSeries,
  library: ImportLibrary,
  scratch: string,
): Promise<Compared> {
  const files = testFiles(...folder)
  const first = await library.bring(files) // warms all: threads, disk cache
  const { decodedMb } = first
  const imports: ImportFigures[] = []
  const dcm2niixMs: number[] = []
  const gdcmconvMs: number[] = []
  const some = evenly(files, gdcmconvFiles)
  for (const _ of roundsInTime(most, performance.now())) {
    imports.push(await library.bring(files))
    dcm2niixMs.push(convert(files, testData(...folder), converter, scratch))
    gdcmconvMs.push(decompress(some, scratch) * (files.length / some.length))
  }
  const speeds = (times: readonly number[]) => times.map((ms) => (1000 * decodedMb) / ms)
  const own = speeds(imports.map(({ wallMs }) => wallMs))
  const theirs = speeds(dcm2niixMs)
  // What did not end well has no speed.
  const ratio = first.state === 'ready' ? median(own) / median(theirs) : Number.NaN
  const ownWords =
    first.state === 'ready' ? spread(own, 1) : `${first.state}: ${first.codes.join(', ')}`
  const cpuMs = median(imports.map((each) => each.cpuMs)) / files.length
  return {
    speed: [
      name,
      ownWords,
      `${spread(theirs, 1)}${converter === 'dcm2niix' ? '' : `, ${converter}`}`,
      ratio.toFixed(2),
      spread(speeds(gdcmconvMs), 1),
    ],
    costs: [name, ...costCells(cpuMs, await stepCosts(files))],
    budget: judgeFigures({
      what: `${name}, speed beside ${converter}`,
      values: [ratio],
      unit: '',
      digits: 2,
      limit: { atLeast: 0.8 },
      why: 'looking for names costs no more than what two cores give back',
    }),
  }
}

/** A file is encrypted before the job, and decrypted twice within it: its header and its pixels. */
function costCells(cpuMs: number, costs: StepCosts): string[] {
  const { lookingForText, decoding, describing, verifying, sealing } = costs
  const rest = cpuMs - lookingForText - decoding - describing
  return [cpuMs, lookingForText, decoding, describing, verifying, sealing, rest].map((ms) =>
    ms.toFixed(1),
  )
}

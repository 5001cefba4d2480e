import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { testData } from '../../test/support/test-data.ts'
import type { BenchResult, JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { quantile } from '../statistics.ts'
import { table } from '../table.ts'
import { type Compared, compare, comparedSeries, costHead, speedHead } from './compare.ts'
import { type ImportFigures, ImportLibrary } from './import-library.ts'
import { convert } from './peers.ts'
import { type Responsiveness, responsivenessOf } from './responsiveness.ts'
import { writeSyntheticSeries } from './synthetic-series.ts'

const largeSlices = 1000

/**
 * Imports as the server makes them, from files in the encrypted spool to a case in the library,
 * beside dcm2niix and gdcmconv, turn by turn; where their time goes; the memory of large ones; and
 * how long a server that imports keeps others waiting.
 */
export async function run(): Promise<BenchResult> {
  const loadBefore = loadWords()
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-bench-import-'))
  try {
    const compared = await compareAll(folder)
    const real = inOwnProcess(testData('dicom', 'petct-lung-acrin042', 'ct'))
    const large = join(folder, 'large')
    const files = writeSyntheticSeries(large, largeSlices)
    const alone = inOwnProcess(large)
    const peerMs = convert(files, large, 'dcm2niix', folder)
    const asked = await responsivenessOf(large)
    const speed = (ms: number) => `${((1000 * alone.decodedMb) / ms).toFixed(0)} MB/s`
    const what = `512 × 512 × ${largeSlices} native`
    const text = [
      'Decoded MB per second of wall time, median (least–most) of the rounds there was time for, all',
      `at the priority of an import, threads warm. Load average before ${loadBefore}, after ${loadWords()}.`,
      '',
      table(
        speedHead,
        compared.map((each) => each.speed),
      ),
      '',
      'Where the time goes, ms of CPU of all threads for each slice:',
      '',
      table(
        costHead,
        compared.map((each) => each.costs),
      ),
      '',
      `${what} (${alone.decodedMb.toFixed(0)} MB) in a new process, ${alone.state}: ${speed(alone.wallMs)}, dcm2niix ${speed(peerMs)}.`,
      `Peak memory: ${alone.peakMb.toFixed(0)} MB; the CT of 135 slices ${real.peakMb.toFixed(0)} MB.`,
      '',
      `A server that takes in and imports these (${(asked.importMs / 1000).toFixed(0)} s), asked every 20 ms whether it lives:`,
      `p50 ${waited(asked, 0.5)}, p99 ${waited(asked, 0.99)}, at most ${waited(asked, 1)}; its event loop stood still for ${asked.longestLoopMs.toFixed(0)} ms at most.`,
    ].join('\n')
    const budgets = [
      ...compared.map(({ budget }) => budget),
      memoryBudget(`peak memory, ${what}`, alone.peakMb),
      waitBudget(asked),
    ]
    return { text, budgets }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function compareAll(folder: string): Promise<readonly Compared[]> {
  const library = await ImportLibrary.open(join(folder, 'library'))
  try {
    const compared: Compared[] = []
    for (const series of comparedSeries) compared.push(await compare(series, library, folder))
    return compared
  } finally {
    await library.close()
  }
}

function inOwnProcess(folder: string): ImportFigures & { peakMb: number } {
  const script = join(import.meta.dirname, 'import-process.ts')
  return JSON.parse(execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }))
}

const memoryBudget = (what: string, peakMb: number): JudgedBudget =>
  judgeFigures({
    what,
    values: [peakMb],
    unit: 'MB',
    digits: 0,
    limit: { atMost: 1200 },
    why: 'a machine of 4 GB imports while it holds conferences',
  })

const waitBudget = ({ answersMs }: Responsiveness): JudgedBudget =>
  judgeFigures({
    what: 'an answer while importing, p99',
    values: [quantile(answersMs, 0.99)],
    unit: 'ms',
    digits: 0,
    limit: { atMost: 100 },
    why: 'nobody in a conference notices that somebody imports',
  })

const waited = ({ answersMs }: Responsiveness, part: number) =>
  `${quantile(answersMs, part).toFixed(0)} ms`

const loadWords = () =>
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')

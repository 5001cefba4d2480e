import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { VolumePool } from '../../server/volume/volume-pool.ts'
import { VolumeStore } from '../../server/volume/volume-store.ts'
import { testData, testFiles } from '../../test/support/test-data.ts'
import type { BenchResult, JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { median, spread } from '../statistics.ts'
import { table } from '../table.ts'
import { type ImportFigures, importSeries } from './import-series.ts'
import { writeSyntheticSeries } from './synthetic-series.ts'

const rounds = 5

interface Series {
  readonly name: string
  readonly folder: readonly string[]
  /** Debian's dcm2niix has no JPEG-LS and says itself to run dcmdjpls first. */
  readonly peer: 'dcm2niix' | 'dcmdjpls + dcm2niix'
}

const all: readonly Series[] = [
  { name: 'CT 60, native', folder: ['dicom', 'ct-headphantom-1mm'], peer: 'dcm2niix' },
  { name: 'MR 60, native', folder: ['dicom', 'mr-t1-sagittal-studyforrest'], peer: 'dcm2niix' },
  {
    name: 'CT 135, JPEG-LS',
    folder: ['dicom', 'petct-lung-acrin042', 'ct'],
    peer: 'dcmdjpls + dcm2niix',
  },
  { name: 'CT 20, JPEG 2000', folder: ['dicom', 'ct-gantry-tilt-16.5'], peer: 'dcm2niix' },
]

/**
 * Import from files on disk to a stored, synced pyramid with its picture, beside dcm2niix writing
 * one uncompressed NIfTI file, turn by turn; and the memory of importing a large native CT.
 */
export async function run(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-bench-import-'))
  const pool = new VolumePool()
  try {
    const store = new VolumeStore(join(folder, 'volumes'))
    await store.open()
    const compared: Compared[] = []
    for (const series of all) compared.push(await compare(series, { pool, store }, folder))
    const head = ['series', 'Caseroom MB/s', 'peer MB/s', 'ratio', 'peer', 'peak MB, cold']
    const large = join(folder, 'large')
    const files = writeSyntheticSeries(large, 600)
    const { decodedMb, wallMs, peakMb } = inOwnProcess(large)
    const speed = (ms: number) => ((decodedMb / ms) * 1000).toFixed(0)
    const peerMs = convert(files, large, 'dcm2niix', folder)
    const text = [
      `Import, decoded MB per second of wall time: median (least–most) of ${rounds} rounds in turn,`,
      'both at the priority of an import, threads warm.',
      '',
      table(
        head,
        compared.map(({ row }) => row),
      ),
      '',
      `512 × 512 × 600 native (${decodedMb.toFixed(0)} MB) in a new process: peak ` +
        `${peakMb.toFixed(0)} MB, ${speed(wallMs)} MB/s; dcm2niix ${speed(peerMs)} MB/s.`,
    ].join('\n')
    return { text, budgets: compared.map(({ budget }) => budget) }
  } finally {
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Compared {
  readonly row: string[]
  readonly budget: JudgedBudget
}

async function compare(
  { name, folder, peer }: Series,
  tools: { pool: VolumePool; store: VolumeStore },
  scratch: string,
): Promise<Compared> {
  const files = testFiles(...folder)
  const { decodedMb } = await importSeries(files, tools) // warms both: threads, disk cache
  convert(files, testData(...folder), peer, scratch)
  const ours: number[] = []
  const theirs: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(((await importSeries(files, tools)).wallMs / decodedMb) * 1e-3)
    theirs.push((convert(files, testData(...folder), peer, scratch) / decodedMb) * 1e-3)
  }
  const [our, their] = [ours, theirs].map((each) => each.map((seconds) => 1 / seconds))
  const ratio = median(our ?? []) / median(their ?? [])
  const { peakMb } = inOwnProcess(testData(...folder))
  return {
    row: [
      name,
      spread(our ?? [], 0),
      spread(their ?? [], 0),
      ratio.toFixed(2),
      peer,
      peakMb.toFixed(0),
    ],
    budget: judgeFigures({
      what: `${name}, speed beside ${peer}`,
      values: [ratio],
      unit: '',
      digits: 2,
      limit: { atLeast: 0.5 },
      why: 'four levels, a picture and fsync for twice the time of one file without them',
    }),
  }
}

/** An import's threads give way to a conference; a peer that does not would only measure that. */
const low = ['-n', '10']

/** Wall time in ms of the peer's way from the same files to one NIfTI file. */
function convert(files: readonly string[], folder: string, peer: Series['peer'], scratch: string) {
  const out = mkdtempSync(join(scratch, 'nifti-'))
  const native = join(out, 'native')
  mkdirSync(native)
  const startedMs = performance.now()
  if (peer !== 'dcm2niix') {
    for (const file of files)
      execFileSync('nice', [...low, 'dcmdjpls', file, join(native, basename(file))])
  }
  const from = peer === 'dcm2niix' ? folder : native
  const options = ['-z', 'n', '-b', 'n', '-o', out, '-f', 'volume']
  execFileSync('nice', [...low, 'dcm2niix', ...options, from], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const wallMs = performance.now() - startedMs
  rmSync(out, { recursive: true })
  return wallMs
}

function inOwnProcess(folder: string): ImportFigures & { peakMb: number } {
  const script = join(import.meta.dirname, 'import-process.ts')
  return JSON.parse(execFileSync(process.execPath, [script, folder], { encoding: 'utf8' }))
}

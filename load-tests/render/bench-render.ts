import { loadavg } from 'node:os'
import { join } from 'node:path'
import { presetById } from '../../shared/volume/presets.ts'
import { transferFunctionOf } from '../../shared/volume/transfer-function.ts'
import { openVolumePage } from '../../test/browser/pages/volume/open-volume-page.ts'
import { roundsInTime } from '../rounds-in-time.ts'
import { median, spread } from '../statistics.ts'
import { table } from '../table.ts'
import { caseroomContestant } from './caseroom-contestant.ts'
import { type Case, cases } from './cases.ts'
import { type Contestant, type Scene, size } from './contestant.ts'
import { peerContestant } from './peer-contestant.ts'
import { series } from './series.ts'

const rounds = 5
const readsAtDegrees = 20
/** For the rounds of a volume: those that a busy machine would not end in so long are left out. */
const boundSeconds = 75

/**
 * 3D-texture reads per pixel, first frame and frame time of the ray-marcher at a step of one voxel,
 * with and without skipping, beside niivue and vtk.js; interleaved rounds. Figures only.
 */
export async function run(): Promise<string> {
  const rows: string[][] = []
  const again: number[] = []
  for (const one of cases) {
    const compared = await compare(one)
    rows.push(...compared.rows)
    again.push(...compared.again)
  }
  const head = [
    'volume',
    'renderer',
    '3D reads per pixel',
    'first frame ms',
    'frame ms',
    'speed',
    'rounds',
  ]
  return [
    `${size}², parallel rays, the same view and the same part of the canvas for all, one-voxel`,
    'steps, trilinear, the same knots of colour and opacity, lit. Speed is how many times as fast as',
    `niivue a frame is, round by round; reads are counted in each shader.`,
    '',
    'Caseroom reads half floats, keeps opacity per mm, lights by a gradient of 6 reads once a',
    'hundredth of the picture has been gathered and quarters its steps at surfaces. niivue colours',
    'the voxels to 8 bits and makes a texture of gradients while it loads, so that a lit sample is 2',
    'reads; it looks for the first tissue in steps of 1.9 voxels. vtk.js reads the stored values,',
    'keeps opacity per mm and lights every sample, visible or not, by 6 more reads.',
    '',
    table(head, rows),
    '',
    `The machine's noise: the same frame of niivue at the end of a round ÷ at its start:`,
    `${spread(again, 2)}; load at the end ${loadavg()[0]?.toFixed(1)}.`,
  ].join('\n')
}

async function compare({ name, folder, presetId, window }: Case) {
  const volume = await series(folder)
  const knots = transferFunctionOf(presetById(presetId)?.curve ?? [], window)
  const page = await openVolumePage({
    pageFolder: join(import.meta.dirname, 'page'),
    serve: (request, response) => {
      if (request.url !== '/voxels') return false
      response.writeHead(200).end(Buffer.from(volume.voxels.buffer))
      return true
    },
  })
  try {
    const { results, again } = await measure({ page, volume, knots })
    const rows = results.map(({ contestant, reads, firstMs, ms, speeds }) => [
      name,
      contestant.name,
      reads.toFixed(1),
      firstMs.toFixed(0),
      median(ms).toFixed(0),
      spread(speeds, 2),
      String(ms.length),
    ])
    return { rows, again }
  } finally {
    await page.close()
  }
}

interface Result {
  readonly contestant: Contestant
  readonly reads: number
  readonly firstMs: number
  readonly ms: number[]
  /** niivue's time for the same frame of the same round by this one's. */
  readonly speeds: number[]
}

async function measure(scene: Scene): Promise<{ results: Result[]; again: number[] }> {
  const niivue = peerContestant('niivue 0.69', 'niivue', scene)
  const contestants = [
    caseroomContestant('Caseroom', scene, true),
    caseroomContestant('the same, without skipping', scene, false),
    niivue,
    peerContestant('vtk.js 37.4', 'vtk', scene),
  ]
  const results: Result[] = []
  for (const contestant of contestants) {
    const reads = await contestant.readsPerPixel(readsAtDegrees)
    const firstMs = await contestant.firstFrame()
    results.push({ contestant, reads, firstMs, ms: [], speeds: [] })
  }
  const again: number[] = []
  const startMs = performance.now()
  for (const round of roundsInTime({ rounds, boundSeconds }, startMs)) {
    const degrees = readsAtDegrees * round + 3
    const niivueMs = await niivue.frame(degrees)
    for (const { contestant, ms, speeds } of results) {
      ms.push(contestant === niivue ? niivueMs : await contestant.frame(degrees))
      speeds.push(niivueMs / (ms.at(-1) ?? Number.NaN))
    }
    again.push((await niivue.frame(degrees)) / niivueMs)
  }
  return { results, again }
}

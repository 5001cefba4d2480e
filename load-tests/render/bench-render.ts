import { loadavg } from 'node:os'
import { join } from 'node:path'
import type { FirstFrame } from '../../test/browser/pages/volume/bench-page.ts'
import type { BenchResult, JudgedBudget } from '../reporting/bench-result.ts'
import { median, spread } from '../statistics.ts'
import { table } from '../table.ts'
import { type Case, cases } from './cases.ts'
import { type CaseComparison, type Comparison, compare, type Plan, speeds } from './compare.ts'
import { peerNames } from './peers.ts'
import { caseBudgets, firstFrameBudgets } from './render-budgets.ts'
import type { Series } from './series.ts'
import { openVoxelPage } from './voxel-page.ts'

const plan: Plan = {
  sizes: [
    { size: 256, rounds: 3 },
    { size: 512, rounds: 2 },
  ],
  boundSeconds: 60,
}

/**
 * 3D-texture reads per pixel, frame times, first frames and likeness of the ray-marcher at fixed
 * steps of one voxel, beside niivue and vtk.js; interleaved rounds.
 */
export async function run(): Promise<BenchResult> {
  const page = await openVoxelPage(join(import.meta.dirname, 'page'))
  const rows: string[][] = []
  const budgets: JudgedBudget[] = []
  const again: number[] = []
  const firstFrames: CaseComparison['firstFrames'][] = []
  const volumes = new Map<Case['volume'], Promise<Series>>()
  try {
    for (const one of cases) {
      const volume = await (volumes.get(one.volume) ?? one.volume())
      volumes.clear() // one is held at a time
      volumes.set(one.volume, Promise.resolve(volume))
      const voxelsUrl = page.offer(volume)
      const compared = await compare({ page, volume, voxelsUrl, knots: one.knots }, plan)
      rows.push(...rowsOf(one.name, compared))
      for (const size of compared.sizes) {
        budgets.push(...caseBudgets(one.name, one.aims, size))
        again.push(...size.again)
      }
      if (volume.dims.join() === '512,512,256') firstFrames.push(compared.firstFrames)
    }
  } finally {
    await page.close()
  }
  budgets.push(...firstFrameBudgets(firstFrames))
  return { text: words(rows, again), budgets }
}

function rowsOf(name: string, { firstFrames, peerReads, sizes }: CaseComparison): string[][] {
  return sizes.flatMap(({ size, reads, likeness, frames, plainFrameMs }, n) => {
    const of = `${name}, ${size}²`
    // Loaded once, at the first size; what they read for a pixel hardly depends on it.
    const once = (value: number, digits: number) => (n === 0 ? value.toFixed(digits) : '')
    const peer = (id: 'niivue' | 'vtk') => [
      of,
      peerNames[id],
      once(peerReads[id], 1),
      spread(frames[id], 0),
      spread(speeds(frames.niivue, frames[id]), 2),
      spread(speeds(frames.vtk, frames[id]), 2),
      once(firstFrames[id], 0),
      '',
    ]
    return [
      [
        of,
        'Caseroom',
        reads.lean.toFixed(1),
        spread(frames.caseroom, 0),
        spread(speeds(frames.niivue, frames.caseroom), 2),
        spread(speeds(frames.vtk, frames.caseroom), 2),
        n === 0 ? firstFrameWords(firstFrames.caseroom) : '',
        `${likeness.leanDb.toFixed(2)} (${difference(likeness)})`,
      ],
      [
        of,
        'plain marching',
        reads.plain.toFixed(1),
        plainFrameMs.toFixed(0),
        (median(frames.niivue) / plainFrameMs).toFixed(2),
        (median(frames.vtk) / plainFrameMs).toFixed(2),
        '',
        likeness.plainDb.toFixed(2),
      ],
      peer('niivue'),
      peer('vtk'),
    ]
  })
}

const firstFrameWords = ({ firstMs, firstDims, wholeMs }: FirstFrame) =>
  `${firstMs.toFixed(0)} (${firstDims.join('×')}), ${wholeMs.toFixed(0)}`

const difference = ({ leanDb, plainDb }: Comparison['likeness']) =>
  `${leanDb >= plainDb ? '+' : '−'}${Math.abs(leanDb - plainDb).toFixed(2)}`

const head = [
  'volume',
  'renderer',
  '3D reads a pixel',
  'frame ms',
  '× niivue',
  '× vtk.js',
  'first frame ms',
  'dB',
]

const words = (rows: readonly string[][], again: readonly number[]): string =>
  [
    'Parallel rays, the same view and the same part of the canvas for all, one-voxel steps,',
    'trilinear, the same knots of colour and opacity, lit; each draws once for a frame, turn by turn,',
    'nobody else meanwhile. × is how many times as fast, round by round. The first frame is from voxels',
    'in memory: of ours in brackets the level that it shows, and after it when all voxels are drawn, as',
    'the first frame of the others has them. dB is against plain marching with eight samples a voxel under the same light; in',
    'brackets Caseroom beside plain marching with one. Reads are counted in each shader. A size that',
    'is missing was left out, for the machine was busy.',
    '',
    'Plain marching is Caseroom’s own without skipping and with light at every sample. niivue colours',
    'the voxels to 8 bits and makes a texture of gradients while it loads, so that a lit sample is 2',
    'reads; it looks for the first tissue in steps of 1.9 voxels. vtk.js reads the stored values,',
    'keeps opacity per mm and lights every sample, visible or not, by 6 more reads.',
    '',
    table(head, rows),
    '',
    `The machine’s noise: the same frame of niivue at the end of a round ÷ at its start:`,
    `${spread(again, 2)}; load at the end ${loadavg()[0]?.toFixed(1)}.`,
  ].join('\n')

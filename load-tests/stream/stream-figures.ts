import type { Streamed } from '../../test/browser/pages/stream/stream-page.ts'
import type { JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { median, spread } from '../statistics.ts'
import { table } from '../table.ts'
import type { LinkShape } from './shaped-link.ts'
import { StreamingPage } from './streaming-page.ts'
import { packing, type VolumeTree } from './volume-tree.ts'

const slow: LinkShape = { bitsPerSecond: 5e6, roundTripMs: 40 }
/** The CT's finest level would take a minute over the slow one. */
const ordinary: LinkShape = { bitsPerSecond: 20e6, roundTripMs: 20 }
const rounds = 3
const quietFrames = 300

interface Streams {
  /** Over the slow line, until something is seen. */
  readonly firsts: readonly Streamed[]
  readonly mrWhole: Streamed
  readonly ctWhole: Streamed
  readonly ctAgain: Streamed
  /** Frames of the CT with nothing coming: what is slow there is the machine. */
  readonly quietMs: readonly number[]
}

/** A CT and an MR as a page alone streams them, over lines of known rate, and once more from what it kept. */
export async function streamFigures(
  ct: VolumeTree,
  mr: VolumeTree,
): Promise<{ text: string; budgets: JudgedBudget[] }> {
  const page = await StreamingPage.open()
  try {
    const firsts: Streamed[] = []
    while (firsts.length < rounds) {
      firsts.push(await page.stream({ tree: ct, link: slow, until: 'first picture' }))
    }
    const mrWhole = await page.stream({ tree: mr, link: slow, until: 'whole' })
    const ctWhole = await page.stream({ tree: ct, link: ordinary, until: 'whole' })
    const ctAgain = await page.stream({ tree: ct, link: ordinary, until: 'whole', again: true })
    const quietMs = await page.turn(quietFrames)
    const streams = { firsts, mrWhole, ctWhole, ctAgain, quietMs }
    return { text: inWords(streams, ct, mr), budgets: budgetsOf(streams, ct, mr) }
  } finally {
    await page.close()
  }
}

const shareOfLink = ({ networkBytes, finishedMs }: Streamed, { bitsPerSecond }: LinkShape) =>
  (networkBytes * 8000) / finishedMs / bitsPerSecond
const packed = (tree: VolumeTree) => packing(tree).stored / packing(tree).raw
const worst = (values: readonly number[]) => Math.max(0, ...values)

function budgetsOf(
  { firsts, mrWhole, ctWhole, ctAgain }: Streams,
  ct: VolumeTree,
  mr: VolumeTree,
): JudgedBudget[] {
  const whole = [mrWhole, ctWhole, ctAgain]
  return [
    judgeFigures({
      what: 'first true picture of the CT over 5 Mbit/s',
      values: firsts.map(({ firstPictureMs }) => firstPictureMs),
      unit: 'ms',
      digits: 0,
      limit: { atMost: 1000 },
      why: 'a case opens over a line from home as well',
    }),
    judgeFigures({
      what: 'all levels: share of the line’s rate, the worse of MR over 5 Mbit/s and CT over 20',
      values: [Math.min(shareOfLink(mrWhole, slow), shareOfLink(ctWhole, ordinary))],
      unit: '',
      digits: 2,
      limit: { atLeast: 0.9 },
      why: 'nothing but the line makes one wait',
    }),
    judgeFigures({
      what: 'finest level of the CT, bytes ÷ raw',
      values: [packed(ct)],
      unit: '',
      digits: 3,
      limit: { atMost: 0.39 },
      why: 'lossless, and small',
    }),
    judgeFigures({
      what: 'finest level of the MR, bytes ÷ raw',
      values: [packed(mr)],
      unit: '',
      digits: 3,
      limit: { atMost: 0.39 },
      why: 'lossless, and small',
    }),
    judgeFigures({
      what: 'second opening, bytes from the network',
      values: [ctAgain.networkBytes],
      unit: 'bytes',
      digits: 0,
      limit: { atMost: 0 },
      why: 'what was read once is there',
    }),
    judgeFigures({
      what: 'longest task after the first picture, streaming and turning',
      values: [worst(whole.flatMap(({ longTasksMs }) => longTasksMs))],
      unit: 'ms',
      digits: 0,
      limit: { atMost: 50 },
      why: 'the page answers while it loads',
    }),
    judgeFigures({
      what: 'slowest frame ÷ median, streaming and turning',
      values: [worst(whole.map(({ framesMs }) => worst(framesMs) / median(framesMs)))],
      unit: '',
      digits: 1,
      limit: { atMost: 3 },
      why: 'no stutter',
    }),
    judgeFigures({
      what: 'GPU memory ÷ the level shown or taking its place',
      values: [worst(whole.map(({ gpuRatio }) => gpuRatio))],
      unit: '',
      digits: 2,
      limit: { atMost: 1.35 },
      why: 'a headset has little of it',
    }),
  ]
}

function inWords(streams: Streams, ct: VolumeTree, mr: VolumeTree) {
  const { firsts, mrWhole, ctWhole, ctAgain, quietMs } = streams
  const dims = ({ manifest }: VolumeTree) => manifest.dims.join('×')
  const row = (what: string, stream: Streamed) => [
    what,
    (stream.networkBytes / 1000).toFixed(0),
    stream.firstPictureMs.toFixed(0),
    (stream.finishedMs / 1000).toFixed(1),
    String(stream.framesMs.length),
    median(stream.framesMs).toFixed(0),
    worst(stream.framesMs).toFixed(0),
    worst(stream.longTasksMs).toFixed(0),
    stream.gpuRatio.toFixed(2),
  ]
  return [
    `a page that draws one volume in 256×256 pixels, turning it with every frame; CT ${dims(ct)}, ` +
      `MR ${dims(mr)}; lines of 5 Mbit/s (40 ms there and back) and 20 Mbit/s (20 ms); first ` +
      `picture of the CT over 5 Mbit/s: ${spread(
        firsts.map(({ firstPictureMs }) => firstPictureMs),
        0,
      )} ms`,
    table(
      [
        'what',
        'kB received',
        'first picture ms',
        'whole s',
        'frames',
        'median ms',
        'slowest ms',
        'longest task ms',
        'GPU ÷ level',
      ],
      [
        row('MR over 5 Mbit/s', mrWhole),
        row('CT over 20 Mbit/s', ctWhole),
        row('CT again', ctAgain),
      ],
    ),
    `The CT turned on with nothing coming: median ${median(quietMs).toFixed(0)} ms, slowest ` +
      `${worst(quietMs).toFixed(0)} ms, ${(worst(quietMs) / median(quietMs)).toFixed(1)} times as ` +
      'long. A slowest frame that is no slower than this says nothing about streaming.',
  ].join('\n\n')
}

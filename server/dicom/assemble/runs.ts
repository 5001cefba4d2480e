import { minSlices } from '../bounds.ts'
import type { ImagePlane, Instance } from '../instance.ts'
import { millimetres } from '../leaving/words.ts'
import { DicomError } from '../problem.ts'
import { gapsMm, type Lattice, latticeOf, sidewaysMm, spacingToleranceMm } from './lattice.ts'

/** Slices of one volume: a part of those that were given, or all of them. */
export interface Run {
  readonly instances: readonly Instance[]
  readonly lattice: Lattice
  /** Where its first and last slice stand among those given, from 0. */
  readonly from: number
  readonly to: number
}

export interface Runs {
  readonly runs: readonly Run[]
  /** In no run: too few with one distance. */
  readonly rest: readonly Instance[]
}

/** A series that changes its step more often than this was not scanned as a volume. */
const mostRuns = 6

/**
 * Splits slices, in order along the normal and no two in one place, into runs that each have one
 * step. Throws `uneven-spacing` or `bad-geometry` where that makes no volumes of at least half of
 * them. Nothing is moved to close a gap.
 */
export function evenRuns(ordered: readonly Instance[]): Runs {
  const whole = runOf(ordered, 0, ordered.length)
  if (whole) return { runs: [whole], rest: [] }
  const runs = merged(segments(ordered), ordered).filter(
    ({ instances }) => instances.length >= minSlices,
  )
  const used = new Set(runs.flatMap(({ instances }) => instances))
  if (2 * used.size < ordered.length || runs.length > mostRuns) throw misfit(ordered)
  return { runs, rest: ordered.filter((instance) => !used.has(instance)) }
}

/** The range of distances between slices, in words. */
export function spacingWords(ordered: readonly Instance[]): string {
  const gaps = gapsMm(ordered.map(({ plane }) => plane))
  const [least, greatest] = [Math.min(...gaps), Math.max(...gaps)].map(millimetres)
  return least === greatest
    ? 'The slices do not lie in one line'
    : `The distance between the slices changes, from ${least} to ${greatest}`
}

function runOf(ordered: readonly Instance[], from: number, end: number): Run | undefined {
  const instances = ordered.slice(from, end)
  const lattice = latticeOf(instances.map(({ plane }) => plane))
  return lattice && { instances, lattice, from, to: end - 1 }
}

/** Starts of stretches with one step and no holes, as long as they go. */
function segments(ordered: readonly Instance[]): readonly number[] {
  const planes = ordered.map(({ plane }) => plane)
  const starts = [0]
  for (let at = 2; at < planes.length; at++) {
    const from = starts.at(-1)!
    if (at - from < 2 || continues(planes, from, at)) continue
    // Two slices have a step, whatever it is: the second may as well begin what follows.
    starts.push(at - from === 2 ? from + 1 : at)
  }
  return starts
}

/** Whether a slice lies where the stretch before it leads. */
function continues(planes: readonly ImagePlane[], from: number, at: number): boolean {
  const three = [planes[from]!, planes[at - 1]!, planes[at]!]
  const [before, gap] = gapsMm(three) as [number, number]
  const usual = before / (at - 1 - from)
  const isEven = Math.abs(gap - usual) <= spacingToleranceMm(usual)
  return isEven && sidewaysMm(three)[1]! <= spacingToleranceMm(usual)
}

/** Stretches that are one again when the places between them are filled. */
function merged(starts: readonly number[], ordered: readonly Instance[]): readonly Run[] {
  const runs: Run[] = []
  for (const [n, from] of starts.entries()) {
    const end = starts[n + 1] ?? ordered.length
    const last = runs.at(-1)
    const joined = last && last.to === from - 1 ? runOf(ordered, last.from, end) : undefined
    if (joined) runs.splice(-1, 1, joined)
    else {
      const run = end - from > 1 ? runOf(ordered, from, end) : undefined
      if (run) runs.push(run)
    }
  }
  return runs
}

function misfit(ordered: readonly Instance[]): DicomError {
  const planes = ordered.map(({ plane }) => plane)
  const gaps = gapsMm(planes)
  const sideways = sidewaysMm(planes)
  const farthest = sideways.indexOf(Math.max(...sideways))
  const isEven = Math.max(...gaps) <= 1.02 * Math.min(...gaps)
  if (!isEven) return new DicomError('uneven-spacing', `${spacingWords(ordered)}.`)
  const beside = `Slice ${farthest + 1} of ${ordered.length} lies ${millimetres(sideways[farthest]!)}`
  return new DicomError('bad-geometry', `${beside} beside the others.`)
}

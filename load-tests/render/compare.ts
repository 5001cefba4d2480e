import type { FirstFrame } from '../../test/browser/pages/volume/bench-page.ts'
import { roundsInTime } from '../rounds-in-time.ts'
import {
  firstFrame,
  frameMs,
  type Likeness,
  lean,
  likenessOf,
  loadMarch,
  plain,
  readsAtDegrees,
  readsOf,
} from './caseroom.ts'
import { clearPeers, peerFirstFrameMs, peerFrameMs, peerReads, resizePeers } from './peers.ts'
import type { Scene } from './scene.ts'

export interface Contestants<Value> {
  readonly caseroom: Value
  readonly niivue: Value
  readonly vtk: Value
}

/** One case at one size. Times in ms, one a round. */
export interface Comparison {
  readonly size: number
  readonly reads: { readonly lean: number; readonly plain: number }
  readonly likeness: Likeness
  readonly frames: Contestants<number[]>
  readonly plainFrameMs: number
  /** The same frame of niivue at the end of a round by that at its start. */
  readonly again: readonly number[]
}

export interface CaseComparison {
  readonly firstFrames: { caseroom: FirstFrame; niivue: number; vtk: number }
  readonly peerReads: { readonly niivue: number; readonly vtk: number }
  readonly sizes: readonly Comparison[]
}

export interface Plan {
  readonly sizes: readonly { readonly size: number; readonly rounds: number }[]
  /** For a case: rounds and further sizes that a busy machine would not end in it are left out. */
  readonly boundSeconds: number
}

/** A further size may begin while so much of the bound is left. */
const forFurtherSizes = 0.5

/** The peers keep what they loaded from size to size. */
export async function compare(at: Omit<Scene, 'size'>, plan: Plan): Promise<CaseComparison> {
  const startMs = performance.now()
  const [{ size } = { size: 256 }] = plan.sizes
  const first: Scene = { ...at, size }
  const reads = {
    niivue: await peerReads(first, 'niivue', readsAtDegrees),
    vtk: await peerReads(first, 'vtk', readsAtDegrees),
  }
  const firstFrames = {
    caseroom: await firstFrame(first),
    niivue: await peerFirstFrameMs(first, 'niivue'),
    vtk: await peerFirstFrameMs(first, 'vtk'),
  }
  const sizes: Comparison[] = []
  for (const { size, rounds } of plan.sizes) {
    const spentMs = performance.now() - startMs
    if (sizes.length > 0 && spentMs > 1000 * plan.boundSeconds * forFurtherSizes) break
    const scene: Scene = { ...at, size }
    await resizePeers(scene)
    sizes.push(await compareAtSize(scene, rounds, startMs + 1000 * plan.boundSeconds))
  }
  await clearPeers(first)
  return { firstFrames, peerReads: reads, sizes }
}

async function compareAtSize(scene: Scene, rounds: number, untilMs: number): Promise<Comparison> {
  const likeness = await likenessOf(scene, readsAtDegrees)
  const reads = {
    plain: await readsOf(scene, plain, readsAtDegrees),
    lean: await readsOf(scene, lean, readsAtDegrees),
  }
  await loadMarch(scene, plain)
  await frameMs(scene, 0)
  const plainFrameMs = await frameMs(scene, readsAtDegrees + 3)
  await loadMarch(scene, lean)
  await frameMs(scene, 0)
  const frames: Contestants<number[]> = { caseroom: [], niivue: [], vtk: [] }
  const again: number[] = []
  const nowMs = performance.now()
  // There is always a first round, however late it has become.
  const bounds = { rounds, boundSeconds: Math.max(0, (untilMs - nowMs) / 1000) }
  for (const round of roundsInTime(bounds, nowMs)) {
    const degrees = readsAtDegrees * round + 3
    const niivueMs = await peerFrameMs(scene, 'niivue', degrees)
    frames.niivue.push(niivueMs)
    frames.caseroom.push(await frameMs(scene, degrees))
    frames.vtk.push(await peerFrameMs(scene, 'vtk', degrees))
    again.push((await peerFrameMs(scene, 'niivue', degrees)) / niivueMs)
  }
  return { size: scene.size, reads, likeness, frames, plainFrameMs, again }
}

/** How many times as fast as the others, round by round. */
export const speeds = (theirs: readonly number[], ours: readonly number[]): number[] =>
  theirs.map((ms, round) => ms / (ours[round] ?? Number.NaN))

import { join } from 'node:path'
import { transform, type Vec3 } from '../../shared/geometry/transform.ts'
import { length } from '../../shared/geometry/vector.ts'
import { centreOfBox } from '../../shared/geometry/volume-pose.ts'
import { presetById } from '../../shared/volume/presets.ts'
import { type TransferFunction, transferFunctionOf } from '../../shared/volume/transfer-function.ts'
import type { View, VolumeRequest } from '../../test/browser/pages/volume/bench-page.ts'
import {
  openVolumePage,
  type VolumePage,
} from '../../test/browser/pages/volume/open-volume-page.ts'
import { worldOf } from '../../test/browser/pages/volume/phantoms.ts'
import { median } from '../statistics.ts'
import { table } from '../table.ts'
import type { Peer } from './page/render-page.ts'
import { type Series, series } from './series.ts'

declare global {
  interface Window {
    peer: Peer
  }
}

const size = 256
const rounds = 3

interface Case {
  readonly name: string
  readonly folder: string
  readonly presetId: string
  readonly window: { windowCenter: number; windowWidth: number }
}

const cases: readonly Case[] = [
  {
    name: 'CT chest, bone',
    folder: 'petct-lung-acrin042/ct',
    presetId: 'ct-bone',
    window: { windowCenter: 400, windowWidth: 1800 },
  },
  {
    name: 'CT chest, soft tissue',
    folder: 'petct-lung-acrin042/ct',
    presetId: 'ct-soft-tissue',
    window: { windowCenter: 40, windowWidth: 400 },
  },
  {
    name: 'MR head',
    folder: 'mr-t1-sagittal-studyforrest',
    presetId: 'mr-default',
    window: { windowCenter: 35, windowWidth: 70 },
  },
]

interface Contestant {
  readonly name: string
  load(): Promise<void>
  frame(turn: number): Promise<number>
  fetchesPerPixel?(): Promise<number>
}

/**
 * 3D-texture reads per pixel, first frame and frame time of the ray-marcher at a step of one voxel,
 * with and without skipping, beside niivue; 256², interleaved rounds, medians. Figures only.
 */
export async function run(): Promise<string> {
  const rows: string[][] = []
  for (const { name, folder, presetId, window } of cases) {
    const volume = await series(folder)
    const knots = transferFunctionOf(presetById(presetId)?.curve ?? [], window)
    rows.push(...(await compare(name, volume, knots)))
  }
  const head = ['volume', 'renderer', '3D reads per pixel', 'first frame ms', 'frame ms', 'speed']
  return table(head, rows)
}

async function compare(name: string, volume: Series, knots: TransferFunction): Promise<string[][]> {
  const page = await openVolumePage({
    pageFolder: join(import.meta.dirname, 'page'),
    serve: (request, response) => {
      if (request.url !== '/voxels') return false
      response.writeHead(200).end(Buffer.from(volume.voxels.buffer))
      return true
    },
  })
  try {
    const contestants = [
      ours(page, 'Caseroom', volume, knots, true),
      ours(page, 'the same, without skipping', volume, knots, false),
      peer(page, volume, knots),
    ]
    const results = contestants.map((contestant) => ({
      contestant,
      firstMs: 0,
      ms: [] as number[],
    }))
    for (const result of results) {
      const start = performance.now()
      await result.contestant.load()
      await result.contestant.frame(0)
      result.firstMs = performance.now() - start
    }
    for (let round = 1; round <= rounds; round++) {
      for (const { contestant, ms } of results) {
        // The two of ours share a scene: what was loaded last is not what is timed.
        if (contestants.indexOf(contestant) < 2) await contestant.load()
        await contestant.frame(20 * round)
        ms.push(await contestant.frame(20 * round + 3))
      }
    }
    const peerMs = median(results.at(-1)?.ms ?? [])
    const rows: string[][] = []
    for (const { contestant, firstMs, ms } of results) {
      rows.push([
        name,
        contestant.name,
        (await contestant.fetchesPerPixel?.())?.toFixed(1) ?? '–',
        firstMs.toFixed(0),
        median(ms).toFixed(0),
        (peerMs / median(ms)).toFixed(2),
      ])
    }
    return rows
  } finally {
    await page.close()
  }
}

function ours(
  page: VolumePage,
  name: string,
  { dims, patientFromVoxel }: Series,
  transferFunction: TransferFunction,
  skipping: boolean,
): Contestant {
  const request = (probe: 'picture' | 'fetches'): VolumeRequest => ({
    voxels: { dims, patientFromVoxel: [...patientFromVoxel], type: 'int16', url: '/voxels' },
    options: { transferFunction, quality: 'fixed', stepVoxels: 1, skipping, probe },
  })
  const load = (probe: 'picture' | 'fetches') =>
    page.page.evaluate((asked) => window.bench.load(asked), request(probe))
  const view = (degrees: number): View => {
    const centre = centreOfBox(transform(patientFromVoxel), dims)
    const target = worldOf(centre)
    const angle = (degrees * Math.PI) / 180
    const eye: Vec3 = [target[0] + 2 * Math.sin(angle), target[1], target[2] + 2 * Math.cos(angle)]
    const heightM =
      length(spacingOf(patientFromVoxel).map((mm, n) => mm * dims[n]!) as never) / 1000
    return { eye, target, up: [0, 1, 0], heightM }
  }
  return {
    name,
    load: () => load('picture'),
    frame: (degrees) =>
      page.page.evaluate(
        async ([from, pixels]) => {
          window.bench.look(from, pixels)
          return window.bench.timeFrame()
        },
        [view(degrees), size] as const,
      ),
    async fetchesPerPixel() {
      await load('fetches')
      const picture = await page.draw(view(20), size)
      let sum = 0
      for (let n = 0; n < picture.rgba.length; n += 4) {
        sum += picture.rgba[n]! + 256 * picture.rgba[n + 1]!
      }
      return sum / size ** 2
    },
  }
}

function peer(
  page: VolumePage,
  { dims, patientFromVoxel }: Series,
  knots: TransferFunction,
): Contestant {
  const spacingMm = spacingOf(patientFromVoxel)
  const voxelMm = Math.min(...spacingMm)
  const perVoxel = knots.map((knot) => ({ ...knot, opacity: 1 - (1 - knot.opacity) ** voxelMm }))
  return {
    name: 'niivue 0.69',
    load: () =>
      page.page.evaluate((about) => window.peer.load(about), {
        url: '/voxels',
        dims,
        spacingMm,
        knots: perVoxel,
      }),
    frame: (degrees) => page.page.evaluate((angle) => window.peer.timeFrame(angle), degrees),
  }
}

const spacingOf = (m: readonly number[]): Vec3 =>
  [0, 1, 2].map((n) => Math.hypot(m[n]!, m[4 + n]!, m[8 + n]!)) as unknown as Vec3

if (import.meta.main) await run()

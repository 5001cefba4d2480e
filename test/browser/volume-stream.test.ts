import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { until } from '../support/until.ts'
import { openVolumePage, Pixels, type VolumePage } from './pages/volume/open-volume-page.ts'
import { inBall, type Phantom, views, voxelsOf } from './pages/volume/phantoms.ts'
import { zarrLevel } from './pages/volume/zarr-tree.ts'

const fill = -1000
const ball = inBall([20, 10, 30], 18)
const valueAt = (at: Vec3) => (ball(at) ? 900 : fill)

/** Three levels over one box of 140 × 130 × 150 mm around the origin. */
const phantoms: Phantom[] = [1, 2, 4].map((edge) => {
  const dims: Vec3 = [Math.ceil(140 / edge), Math.ceil(130 / edge), Math.ceil(150 / edge)]
  const shift = (sizeMm: number) => edge / 2 - sizeMm / 2
  const patientFromVoxel = [
    [edge, 0, 0, shift(140)],
    [0, edge, 0, shift(130)],
    [0, 0, edge, shift(150)],
    [0, 0, 0, 1],
  ].flat()
  return { dims, patientFromVoxel, valueAt }
})

const [finest, , coarsest] = phantoms as [Phantom, Phantom, Phantom]
const manifest: VolumeManifest = {
  volumeId: 'phantom',
  modality: 'CT',
  label: 'CT · phantom',
  frameOfReferenceUID: '2.25.1',
  dims: [...finest.dims],
  patientFromVoxel: [...finest.patientFromVoxel],
  dataType: 'int16',
  valueRange: [-1000, 900],
  unit: 'HU',
  defaultWindow: { windowCenter: 40, windowWidth: 400 },
  histogram: [1],
  levels: phantoms.map(({ dims, patientFromVoxel }, n) => ({
    path: `${n}`,
    dims: [...dims],
    patientFromVoxel: [...patientFromVoxel],
  })),
}

const keys = new Map<string, Uint8Array>()
let asked: string[] = []
let authorizations = new Set<string>()
/** Answers a request itself, or leaves it. */
let interfere: (key: string, response: ServerResponse) => boolean = () => false

function serve(request: IncomingMessage, response: ServerResponse): boolean {
  const key = /^\/volume-\d+(\/.*)$/.exec(request.url ?? '')?.[1]
  if (!key) return false
  asked.push(key)
  authorizations.add(request.headers.authorization ?? '')
  if (interfere(key, response)) return true
  const body = keys.get(key)
  response.writeHead(body ? 200 : 404).end(body)
  return true
}

let bench: VolumePage
/** A volume of its own for each test: nothing of it was kept. */
let volume = 0
beforeAll(async () => {
  for (const [n, phantom] of phantoms.entries()) {
    for (const [key, bytes] of zarrLevel(`${n}`, voxelsOf(phantom), phantom.dims, fill)) {
      keys.set(key, bytes)
    }
  }
  bench = await openVolumePage({ serve })
})
afterAll(() => bench?.close())
beforeEach(() => {
  volume++
  asked = []
  authorizations = new Set()
  interfere = () => false
})

const stream = (headers = {}) =>
  bench.page.evaluate(([about, url, sent]) => window.bench.stream(about, url, sent), [
    manifest,
    `/volume-${volume}`,
    headers,
  ] as const)
const progress = () => bench.page.evaluate(() => window.bench.progress)
const finished = async () => {
  await bench.page.waitForFunction(() =>
    window.bench.progress.some(({ state }) => state === 'ready' || state === 'failed'),
  )
  return progress()
}

const seenBall = async () => {
  await bench.page.evaluate((view) => window.bench.look(view, 200), views.front)
  const picture = new Pixels(await bench.page.evaluate(() => window.bench.settle()))
  return picture.find((r) => r > 60)
}

describe('levels', () => {
  it('come coarsest first, and every one is drawn in its place', async () => {
    await stream({ authorization: 'Bearer token' })
    const said = await finished()
    const shown = new Set(said.flatMap(({ levelDims }) => levelDims?.join('×') ?? []))
    expect([...shown]).toEqual(phantoms.toReversed().map(({ dims }) => dims.join('×')))
    expect(said.at(-1)).toMatchObject({ state: 'ready', fraction: 1, message: '140×130×150' })
    expect(asked.findIndex((key) => key.startsWith('/1/'))).toBeGreaterThan(
      asked.findLastIndex((key) => key.startsWith('/2/')),
    )
    expect(authorizations).toEqual(new Set(['Bearer token']))
    const { x, y, count } = await seenBall()
    expect(x + 0.5).toBeCloseTo(120, 0)
    expect(y + 0.5).toBeCloseTo(70, 0)
    expect(Math.abs(Math.sqrt(count / Math.PI) - 18)).toBeLessThan(1)
  })

  it('show their picture before the finer ones have come', async () => {
    const held: (() => void)[] = []
    interfere = (key, response) => {
      if (key.startsWith('/2/')) return false
      held.push(() => {
        const body = keys.get(key)
        response.writeHead(body ? 200 : 404).end(body)
      })
      return true
    }
    await stream()
    expect(asked.filter((key) => key.startsWith('/0/'))).toEqual([])
    const { x, y, count } = await seenBall()
    expect(Math.abs(x + 0.5 - 120)).toBeLessThan(1.5)
    expect(Math.abs(y + 0.5 - 70)).toBeLessThan(1.5)
    expect(Math.abs(Math.sqrt(count / Math.PI) - 18)).toBeLessThan(2.5)
    expect((await progress()).at(-1)).toMatchObject({
      state: 'sharpening',
      levelDims: coarsest.dims,
      message: '35×33×38, sharpening',
    })
    interfere = () => false
    for (const release of held) release()
    expect((await finished()).at(-1)?.state).toBe('ready')
  })

  it('cost what was received, the first image little', async () => {
    await stream()
    const said = await finished()
    const total = [...keys.values()].reduce((sum, bytes) => sum + bytes.byteLength, 0)
    expect(said.at(-1)?.bytes).toBe(total)
    expect(said.find(({ levelDims }) => levelDims)?.bytes).toBeLessThan(20_000)
  })

  it('ask for every chunk once, those of air too', async () => {
    await stream()
    await finished()
    expect(new Set(asked)).toEqual(new Set(keys.keys()))
    expect(asked).toHaveLength(new Set(asked).size)
  })
})

describe('sharpening', () => {
  const release = (held: (() => void)[]) => {
    interfere = () => false
    for (const answer of held) answer()
  }

  it('[CASE-4] goes chunk by chunk: what has come is sharp, the rest is as the coarser level has it', async () => {
    const held: (() => void)[] = []
    interfere = (key, response) => {
      if (!key.startsWith('/0/c/') || key === '/0/c/1/1/1') return false
      held.push(() => {
        const body = keys.get(key)
        response.writeHead(body ? 200 : 404).end(body)
      })
      return true
    }
    await stream()
    await bench.page.waitForFunction(
      (finestDims) => window.bench.renderer.levelDims?.join() === finestDims,
      finest.dims.join(),
    )
    // Of six requests at a time one was answered.
    await bench.page.waitForFunction(() => (window.bench.progress.at(-1)?.fraction ?? 0) > 0)
    expect(held.length).toBeGreaterThan(3)
    expect((await progress()).at(-1)).toMatchObject({
      state: 'sharpening',
      levelDims: [70, 65, 75],
      message: '70×65×75, sharpening',
    })
    const { x, y, count } = await seenBall()
    expect(Math.abs(x + 0.5 - 120)).toBeLessThan(1)
    expect(Math.abs(y + 0.5 - 70)).toBeLessThan(1)
    expect(Math.abs(Math.sqrt(count / Math.PI) - 18)).toBeLessThan(1.6)
    release(held)
    expect((await finished()).at(-1)).toMatchObject({ state: 'ready', levelDims: finest.dims })
    expect(Math.abs(Math.sqrt((await seenBall()).count / Math.PI) - 18)).toBeLessThan(1)
  })

  it('[CASE-4] is no motion: the picture at rest gets finer in its place, and never coarser', async () => {
    const held: (() => void)[] = []
    interfere = (key, response) => {
      if (key.startsWith('/2/')) return false
      held.push(() => {
        const body = keys.get(key)
        response.writeHead(body ? 200 : 404).end(body)
      })
      return true
    }
    await stream()
    const coarse = await seenBall()
    const seen = bench.page.evaluate(async () => {
      const { renderer } = window.bench
      const steps = new Set<string>()
      const levels = new Set<string>()
      let frames = 0
      while (window.bench.progress.at(-1)?.state !== 'ready' || !renderer.settled) {
        await new Promise<void>((resolve) => renderer.onChange.addOnce(() => resolve()))
        await window.bench.frame()
        frames++
        steps.add(`${renderer.facts.stepVoxels} voxels, ${renderer.facts.pixelScale} pixels`)
        levels.add(`${renderer.levelDims}`)
      }
      return { steps: [...steps], levels: [...levels], frames }
    })
    release(held)
    const { steps, levels, frames } = await seen
    expect(steps).toEqual(['1 voxels, 1 pixels'])
    expect(levels.at(-1)).toBe(`${finest.dims}`)
    expect(frames).toBeGreaterThan(1)
    const fine = await seenBall()
    expect(fine.count).not.toBe(coarse.count)
    expect(Math.abs(Math.sqrt(fine.count / Math.PI) - 18)).toBeLessThan(1)
  })

  it('is given up when the volume is taken away: what is under way is not fetched to its end', async () => {
    const closed: string[] = []
    const held: string[] = []
    interfere = (key, response) => {
      if (!key.startsWith('/1/c/')) return false
      held.push(key)
      response.on('close', () => closed.push(key))
      return true
    }
    await stream()
    await until('requests are under way', () => held.length > 0)
    await bench.page.evaluate(() => window.bench.clear())
    await until('the requests are gone', () => closed.length === held.length)
    expect(asked.filter((key) => key.startsWith('/0/'))).toEqual([])
  })
})

/** From now on textures with a side longer than this are refused, as a full memory does it. */
const refuseAbove = (longestSide: number) =>
  bench.page.evaluate((longest) => {
    const gl = WebGL2RenderingContext.prototype
    const { texImage3D, getError } = gl
    let full = false
    gl.texImage3D = function (this: WebGL2RenderingContext, ...args: unknown[]) {
      if (Math.max(...(args.slice(3, 6) as number[])) > longest) full = true
      else (texImage3D as (...args: unknown[]) => void).apply(this, args)
    } as typeof texImage3D
    gl.getError = function (this: WebGL2RenderingContext) {
      const error = full ? this.OUT_OF_MEMORY : getError.call(this)
      full = false
      return error
    }
    Object.assign(window, { accept: () => Object.assign(gl, { texImage3D, getError }) })
  }, longestSide)

describe('when the GPU refuses', () => {
  afterEach(() =>
    bench.page.evaluate(() => (window as unknown as { accept?: () => void }).accept?.()),
  )

  it('a finer level, the coarser one stays, and the page says so', async () => {
    await refuseAbove(100)
    await stream()
    expect((await finished()).at(-1)).toMatchObject({
      state: 'failed',
      levelDims: [70, 65, 75],
      message: 'The graphics memory is full: 70×65×75 instead of 140×130×150.',
    })
    expect((await seenBall()).count).toBeGreaterThan(500)
  })

  it('every level, it is said, and opening fails', async () => {
    await refuseAbove(10)
    await expect(stream()).rejects.toThrow(
      'The graphics memory is full: this device cannot draw the volume.',
    )
  })

  it('large textures by its own word, the last level that fits is drawn, and the page says so', async () => {
    await bench.page.evaluate(() => {
      const gl = WebGL2RenderingContext.prototype
      const { getParameter } = gl
      gl.getParameter = function (this: WebGL2RenderingContext, name: number) {
        return name === this.MAX_3D_TEXTURE_SIZE ? 80 : getParameter.call(this, name)
      }
      Object.assign(window, { accept: () => Object.assign(gl, { getParameter }) })
    })
    await stream()
    expect((await finished()).at(-1)).toMatchObject({
      state: 'ready',
      levelDims: [70, 65, 75],
      message: '70×65×75: 140×130×150 is too large for the graphics of this device',
    })
  })

  it('its work for a while, the volume is drawn again once the context is back', async () => {
    await stream()
    await finished()
    const before = await seenBall()
    await bench.page.evaluate(() => window.bench.loseContext())
    await bench.page.waitForFunction(() => window.bench.changes > 0)
    expect((await seenBall()).count).toBe(before.count)
  })
})

describe('when a lost context comes back', () => {
  afterEach(() =>
    bench.page.evaluate(() => (window as unknown as { accept?: () => void }).accept?.()),
  )

  it('with less memory, the finest level that it takes is shown, and the page says so', async () => {
    await stream()
    await finished()
    await refuseAbove(100)
    await bench.page.evaluate(() => window.bench.loseContext())
    await bench.page.waitForFunction(() => window.bench.progress.at(-1)?.state === 'failed')
    expect((await progress()).at(-1)).toMatchObject({
      levelDims: [70, 65, 75],
      message: 'The graphics memory is full: 70×65×75 instead of 140×130×150.',
    })
    expect((await seenBall()).count).toBeGreaterThan(500)
  })

  it('with hardly any, a coarser one is tried after the other', async () => {
    await stream()
    await finished()
    await refuseAbove(50)
    await bench.page.evaluate(() => window.bench.loseContext())
    await bench.page.waitForFunction(() => window.bench.progress.at(-1)?.state === 'failed')
    expect((await progress()).at(-1)).toMatchObject({
      levelDims: [35, 33, 38],
      message: 'The graphics memory is full: 35×33×38 instead of 70×65×75.',
    })
    expect((await seenBall()).count).toBeGreaterThan(500)
  })
})

describe('when it goes wrong', () => {
  it('a server that stumbles is asked again, and the page says so', async () => {
    let stumbles = 2
    interfere = (key, response) => {
      if (key !== '/2/c/0/0/0' || stumbles === 0) return false
      stumbles--
      if (stumbles === 1) response.writeHead(503).end()
      else response.destroy()
      return true
    }
    await stream()
    const said = await finished()
    expect(said.at(-1)?.state).toBe('ready')
    expect(said.map(({ message }) => message)).toContain(
      'No answer from the server; trying again in 1 s',
    )
    expect(asked.filter((key) => key === '/2/c/0/0/0')).toHaveLength(3)
  })

  it('a refusal ends it in words, before there is a picture', async () => {
    interfere = (_, response) => {
      response.writeHead(401).end()
      return true
    }
    await expect(stream()).rejects.toThrow(/You may no longer read this volume/)
    expect((await progress()).at(-1)).toMatchObject({ state: 'failed', levelDims: undefined })
  })

  it('a damaged chunk leaves the coarser level on the screen, and the page says so', async () => {
    interfere = (key, response) => {
      if (!key.startsWith('/1/c/')) return false
      response.writeHead(200).end(Buffer.from('not zstd'))
      return true
    }
    await stream()
    const last = (await finished()).at(-1)
    expect(last).toMatchObject({ state: 'failed', levelDims: coarsest.dims })
    expect(last?.message).toBe(
      'A part of the volume could not be decoded. What you see is 35×33×38.',
    )
    expect((await seenBall()).count).toBeGreaterThan(500)
  })

  it('a chunk that is missing is not air: the coarser level stays, and the page says so', async () => {
    interfere = (key, response) => {
      if (!key.startsWith('/1/c/')) return false
      response.writeHead(404).end()
      return true
    }
    await stream()
    const last = (await finished()).at(-1)
    expect(last).toMatchObject({ state: 'failed', levelDims: coarsest.dims })
    expect(last?.message).toBe(
      'A part of this volume is missing on the server. What you see is 35×33×38.',
    )
    expect((await seenBall()).count).toBeGreaterThan(500)
  })
})

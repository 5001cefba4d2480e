import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { until } from '../support/until.ts'
import { phantomTree } from './pages/stream/phantom-tree.ts'
import type {} from './pages/stream/stream-page.ts'
import { openVolumePage, type VolumePage } from './pages/volume/open-volume-page.ts'

const { manifest, keys, valueAt } = phantomTree()
let asked: string[] = []
/** Answers a request itself, or leaves it. */
let interfere: (key: string, response: ServerResponse) => boolean = () => false

function serve(request: IncomingMessage, response: ServerResponse): boolean {
  const key = /^\/volume-\d+(\/.*)$/.exec(request.url ?? '')?.[1]
  if (!key) return false
  asked.push(`${request.method} ${key}`)
  if (interfere(key, response)) return true
  const body = keys.get(key)
  response.writeHead(body ? 200 : 404).end(request.method === 'HEAD' ? undefined : body)
  return true
}

let bench: VolumePage
/** A volume of its own for each test: nothing of it was kept. */
let volume = 0
beforeAll(async () => {
  bench = await openVolumePage({ pageFolder: join(import.meta.dirname, 'pages/stream'), serve })
})
afterAll(() => bench?.close())
beforeEach(() => {
  volume++
  asked = []
  interfere = () => false
})

const zarrUrl = () => `/volume-${volume}`
const absoluteUrl = () => `${bench.origin}${zarrUrl()}`
const stream = () =>
  bench.page.evaluate((request) => window.streamBench.stream(request), {
    manifest,
    zarrUrl: zarrUrl(),
    sizePixels: 64,
    distanceM: 0.5,
    turning: false,
  })
const total = [...keys.values()].reduce((sum, body) => sum + body.length, 0)
/** All that was received is kept now, and what the server does not have is known. */
const recorded = () => {
  const absent = asked.filter((request) => !keys.has(request.slice('GET '.length))).length
  return until('the volume is on record', () =>
    bench.page.evaluate(
      async ([url, bytes, missing]) => {
        const record = await (await caches.open('caseroom-volumes')).match(url)
        const about = (await record?.json()) as { bytes: number; absent: string[] } | undefined
        return about?.bytes === bytes && about.absent.length === missing
      },
      [absoluteUrl(), total, absent] as const,
    ),
  )
}

describe('what was received before', () => {
  it('[CASE-4] is not fetched again: the second opening costs one question and no bytes', async () => {
    const first = await stream()
    expect(first.said.at(-1)?.state).toBe('ready')
    expect(first.networkBytes).toBe(total)
    await recorded()
    asked = []
    const second = await stream()
    expect(second.said.at(-1)).toMatchObject({ state: 'ready', bytes: 0, message: '140×130×150' })
    expect(second.networkBytes).toBe(0)
    expect(asked.map((request) => request.split(' ')[0])).toEqual(['HEAD'])
  })

  it.each([401, 403, 404])(
    'is forgotten, and not shown, once the server answers %d',
    async (status) => {
      await stream()
      await recorded()
      interfere = (_, response) => {
        response.writeHead(status).end()
        return true
      }
      await expect(stream()).rejects.toThrow(/may no longer read|not on the server/)
      const left = await bench.page.evaluate(() => caches.keys())
      expect(left.filter((name) => name.endsWith(zarrUrl()))).toEqual([])
      interfere = () => false
      expect((await stream()).networkBytes).toBeGreaterThan(0)
    },
  )

  it('is kept without the credentials it was asked with, and only where it was answered 200', async () => {
    const url = absoluteUrl().replace('//', '//somebody:secret@').concat('/?token=secret#here')
    const kept = await bench.page.evaluate(async (address) => {
      const volume = await window.streamBench.kept(address)
      volume.write('/0/c/0/0/0', Uint8Array.of(1, 2, 3))
      volume.write('/0/c/0/0/1', 'absent')
      await volume.settled()
      const urls: string[] = []
      for (const name of await caches.keys()) {
        for (const request of await (await caches.open(name)).keys()) urls.push(name, request.url)
      }
      return { urls, absent: await volume.read('/0/c/0/0/1') }
    }, url)
    expect(kept.urls.filter((text) => text.includes('secret'))).toEqual([])
    expect(kept.urls.filter((text) => text.startsWith(`${absoluteUrl()}/0/`))).toEqual([
      `${absoluteUrl()}/0/c/0/0/0`,
    ])
    expect(kept.absent).toBe('absent')
  })

  it.each([
    ['/0/c/', 'chunk'],
    ['/0/zarr.json', 'level'],
  ])(
    'under %s is fetched anew at the next opening where it is no %s, as a proxy’s page',
    async (key) => {
      await stream()
      await recorded()
      await bench.page.evaluate(
        async ([url, part]) => {
          const chunks = await caches.open(`caseroom-volume ${url}`)
          const kept = (await chunks.keys()).find((one) => one.url.includes(`${url}${part}`))
          await chunks.put(kept?.url ?? '', new Response('<html>Sign in to the network</html>'))
        },
        [absoluteUrl(), key] as const,
      )
      expect((await stream()).said.at(-1)?.state).toBe('failed')
      expect((await stream()).said.at(-1)?.state).toBe('ready')
    },
  )

  it('stays within its bound: the volume that was not used for longest goes first', async () => {
    const bound = 9 * 2 ** 20
    const megabytes = (count: number) => Array.from({ length: count }, () => 2 ** 20)
    const url = (letter: string) => `${absoluteUrl()}${letter}`
    const keep = (letter: string, count: number) =>
      bench.page.evaluate(
        ([address, most, sizes]) => window.streamBench.keep(address, most, sizes),
        [url(letter), bound, megabytes(count)] as const,
      )
    const isKept = (letter: string) =>
      bench.page.evaluate((address) => window.streamBench.isKept(address, 1), url(letter))
    // What the other tests left is older, and may go too.
    expect(await keep('a', 3)).toEqual([true, true, true])
    expect(await keep('b', 3)).toEqual([true, true, true])
    await keep('a', 1)
    expect(await keep('c', 3)).toEqual([true, true, true])
    expect([await isKept('a'), await isKept('b')]).toEqual([[true], [false]])
    // One volume larger than all there is: what fits is kept.
    const large = await keep('d', 10)
    expect(large.filter(Boolean)).toHaveLength(9)
    expect([await isKept('a'), await isKept('c')]).toEqual([[false], [false]])
  })

  it('is not missed where the browser keeps nothing, or may not', async () => {
    const refused = await bench.page.evaluate(async (url) => {
      const { open } = CacheStorage.prototype
      CacheStorage.prototype.open = () => Promise.reject(new DOMException('no', 'SecurityError'))
      try {
        return await window.streamBench.kept(url).catch((error: Error) => error.message)
      } finally {
        CacheStorage.prototype.open = open
      }
    }, absoluteUrl())
    expect(refused).toBe('this browser keeps nothing')
    const value = await bench.page.evaluate(
      ([about, url]) => window.streamBench.voxels(about, url, false).valueAt([20, 10, 30]),
      [manifest, zarrUrl()] as const,
    )
    expect(value).toBe(900)
    const names = await bench.page.evaluate(() => caches.keys())
    expect(names.filter((name) => name.endsWith(zarrUrl()))).toEqual([])
  })
})

describe('voxels of a volume', () => {
  it('[CASE-5] are the stored ones, wherever one asks, and undefined outside', async () => {
    const points: Vec3[] = [
      [20, 10, 30],
      [-60, -50, 10],
      [0.5, 0.5, -70],
      [500, 0, 0],
    ]
    const values = await bench.page.evaluate(
      ([about, url, at]) => {
        const voxels = window.streamBench.voxels(about, url)
        return Promise.all(at.map((point) => voxels.valueAt(point)))
      },
      [manifest, zarrUrl(), points] as const,
    )
    expect(values).toEqual([...points.slice(0, 3).map(valueAt), undefined])
  })

  it('of a slice come sharp in the end, and an older slice of the pane comes no more', async () => {
    const slices = await bench.page.evaluate(
      ([about, url]) =>
        new Promise<{ pane: string; sharp: boolean; values: number[] }[]>((resolve) => {
          const voxels = window.streamBench.voxels(about, url)
          const seen: { pane: string; sharp: boolean; values: number[] }[] = []
          const ask = (zMm: number) =>
            voxels.slice(
              {
                pane: 'axial',
                originMm: [19.5, 9.5, zMm],
                columnMm: [1, 0, 0],
                rowMm: [0, 1, 0],
                columns: 2,
                rows: 1,
                slabMm: 0,
                projection: 'average',
              },
              ({ sharp, values }) => {
                seen.push({ pane: `${zMm}`, sharp, values: [...values] })
                if (sharp) resolve(seen)
              },
              () => undefined,
            )
          ask(-60)
          ask(30)
        }),
      [manifest, zarrUrl()] as const,
    )
    expect(new Set(slices.map(({ pane }) => pane))).toEqual(new Set(['30']))
    expect(slices.at(-1)).toEqual({ pane: '30', sharp: true, values: [900, 900] })
  })

  it('are asked for in vain, and it is said each time, where the worker cannot be started', async () => {
    await bench.page.route('**/voxel-worker*', (route) => route.abort())
    const answers = await bench.page.evaluate(
      async ([about, url]) => {
        const voxels = window.streamBench.voxels(about, url)
        const ask = () => voxels.valueAt([0, 0, 0]).catch((error: Error) => error.message)
        return [await ask(), await ask()]
      },
      [manifest, zarrUrl()] as const,
    )
    await bench.page.unroute('**/voxel-worker*')
    expect(answers).toEqual(Array(2).fill('The volume could not be read on this device.'))
  })

  it('[CASE-5] of a slice that lacks a chunk are said to be lacking, not drawn as air', async () => {
    interfere = (key, response) => {
      if (!key.startsWith('/0/c/')) return false
      response.writeHead(404).end()
      return true
    }
    const { coarse, failure } = await bench.page.evaluate(
      ([about, url]) =>
        new Promise<{ coarse: number[]; failure: string }>((resolve) => {
          const voxels = window.streamBench.voxels(about, url)
          const plane = {
            originMm: [19.5, 9.5, 30],
            columnMm: [1, 0, 0],
            rowMm: [0, 1, 0],
          } as const
          const slab = { ...plane, columns: 2, rows: 1, slabMm: 0, projection: 'average' } as const
          let coarse: number[] = []
          voxels.slice(
            { pane: 'axial', ...slab },
            ({ values }) => {
              coarse = [...values]
            },
            ({ message }) => resolve({ coarse, failure: message }),
          )
        }),
      [manifest, zarrUrl()] as const,
    )
    expect(failure).toBe('A part of this volume is missing on the server.')
    // from the next level, which is there
    expect(coarse).toEqual([900, 900])
  })

  it('of a slice that is given up are not fetched to their end', async () => {
    const closed: string[] = []
    const held: string[] = []
    interfere = (key, response) => {
      if (!key.startsWith('/0/c/')) return false
      held.push(key)
      response.on('close', () => closed.push(key))
      return true
    }
    await bench.page.evaluate(
      ([about, url]) => {
        const plane = { originMm: [0, 0, 0], columnMm: [1, 0, 0], rowMm: [0, 1, 0] } as const
        const slab = { ...plane, columns: 60, rows: 60, slabMm: 0, projection: 'average' } as const
        const voxels = window.streamBench.voxels(about, url)
        Object.assign(window, {
          giveUp: voxels.slice(
            { pane: 'axial', ...slab },
            () => undefined,
            () => undefined,
          ),
        })
      },
      [manifest, zarrUrl()] as const,
    )
    await until('chunks are under way', () => held.length > 0)
    await bench.page.evaluate(() => (window as unknown as { giveUp: () => void }).giveUp())
    await until('they are given up', () => closed.length === held.length)
  })
})

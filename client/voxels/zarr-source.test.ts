import { describe, expect, it } from 'vitest'
import { ReadFailure } from './read-failure.ts'
import { nextRetryDelayMs, ZarrSource } from './zarr-source.ts'

type Answer = number | Uint8Array<ArrayBuffer> | Error

function sourceOver(answers: Answer[]) {
  const urls: string[] = []
  const waits: number[] = []
  const source = new ZarrSource('http://server/zarr/', {
    headers: { authorization: 'Bearer token' },
    onRetry: (ms) => waits.push(ms),
    wait: async () => undefined,
    fetch: async (url) => {
      urls.push(String(url))
      const answer = answers.shift() ?? 404
      if (answer instanceof Error) throw answer
      if (typeof answer === 'number') return new Response(null, { status: answer })
      return new Response(answer)
    },
  })
  return { source, urls, waits }
}

describe('reading a zarr tree over HTTP', () => {
  it('answers bytes, counts them, and takes a missing key for none', async () => {
    const { source, urls } = sourceOver([Uint8Array.of(1, 2, 3), 404])
    expect(await source.get('/0/zarr.json')).toEqual(Uint8Array.of(1, 2, 3))
    expect(await source.get('/0/c/0/0/0')).toBeUndefined()
    expect(source.bytes).toBe(3)
    expect(urls).toEqual(['http://server/zarr/0/zarr.json', 'http://server/zarr/0/c/0/0/0'])
  })

  it('tries again, later each time, where the network or the server fails', async () => {
    const { source, waits } = sourceOver([new TypeError('offline'), 503, 429, Uint8Array.of(9)])
    expect(await source.get('/k')).toEqual(Uint8Array.of(9))
    expect(waits).toHaveLength(3)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  })

  it('asks whether what was kept may be read, of a key that is there: a chunk of nothing is not', async () => {
    const dropped: string[] = []
    const source = new ZarrSource('http://server/zarr', {
      headers: {},
      onRetry: () => undefined,
      fetch: async (url) => new Response(null, { status: /zarr.json$/.test(`${url}`) ? 200 : 404 }),
      kept: Promise.resolve({
        read: async () => 'absent' as const,
        write: () => undefined,
        drop: async () => {
          dropped.push('all')
        },
      }),
    })
    expect(await source.get('/labels/1/2/c/0/0/1')).toBeUndefined()
    expect(dropped).toEqual([])
  })

  it('gives up in words after the last delay', async () => {
    const { source, waits } = sourceOver(Array.from({ length: 20 }, () => 500))
    await expect(source.get('/k')).rejects.toMatchObject({ code: 'network' })
    expect(nextRetryDelayMs(waits.length + 1)).toBeUndefined()
  })

  it('[CASE-4] a body that stalls is broken off and asked for again, twice, and given up in words', async () => {
    const broken: unknown[] = []
    const source = new ZarrSource('http://server/zarr', {
      headers: {},
      onRetry: () => undefined,
      wait: async () => undefined,
      stallMs: 20,
      fetch: async (_, init) => {
        const body = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(Uint8Array.of(1, 2))
            init?.signal?.addEventListener('abort', () => {
              broken.push(init.signal?.reason)
              controller.error(init.signal?.reason)
            })
          },
        })
        return new Response(body)
      },
    })
    await expect(source.get('/k')).rejects.toMatchObject({ code: 'network', message: /stalls/ })
    expect(broken).toHaveLength(3)
  })

  it('a body that comes slowly, but comes, is not broken off', async () => {
    const source = new ZarrSource('http://server/zarr', {
      headers: {},
      onRetry: () => undefined,
      stallMs: 400,
      fetch: async (_, init) => {
        let left = 8
        const body = new ReadableStream<Uint8Array>({
          async pull(controller) {
            await new Promise((resolve) => setTimeout(resolve, 70))
            init?.signal?.throwIfAborted()
            controller.enqueue(Uint8Array.of(left--))
            if (left === 0) controller.close()
          },
        })
        return new Response(body)
      },
    })
    expect(await source.get('/k')).toEqual(Uint8Array.of(8, 7, 6, 5, 4, 3, 2, 1))
  })

  it.each([401, 403])('a %d is said at once, and not asked again', async (status) => {
    const { source, waits, urls } = sourceOver([status])
    const refusal = await source.get('/k').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(ReadFailure)
    expect(refusal).toMatchObject({ code: 'not-allowed', message: /join again/ })
    expect([waits.length, urls.length]).toEqual([0, 1])
  })

  it('a refusal is asked again with renewed headers, once, whoever else was refused meanwhile', async () => {
    let token = 'old'
    let renewals = 0
    const sent: string[] = []
    const source = new ZarrSource('http://server/zarr', {
      headers: { authorization: 'old' },
      renewHeaders: async () => {
        renewals++
        token = 'new'
        return { authorization: token }
      },
      onRetry: () => undefined,
      fetch: async (_, init) => {
        const authorization = new Headers(init?.headers).get('authorization') ?? ''
        sent.push(authorization)
        return new Response(null, { status: authorization === 'new' ? 200 : 401 })
      },
    })
    await Promise.all([source.get('/a'), source.get('/b')])
    expect(sent.toSorted()).toEqual(['new', 'new', 'old', 'old'])
    expect(renewals).toBe(1)
  })

  it('given up while it waits to try again, it asks no more', async () => {
    const abort = new AbortController()
    const urls: string[] = []
    const source = new ZarrSource('http://server/zarr', {
      headers: {},
      onRetry: () => abort.abort(new Error('another slice')),
      fetch: async (url) => {
        urls.push(String(url))
        return new Response(null, { status: 503 })
      },
    })
    await expect(source.get('/a', abort.signal)).rejects.toThrow('another slice')
    expect(urls).toHaveLength(1)
  })
})

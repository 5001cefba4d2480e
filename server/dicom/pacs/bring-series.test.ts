import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { PacsError } from '../../../shared/pacs/pacs-error.ts'
import { bringSeries } from './bring-series.ts'
import { DicomWebClient } from './dicomweb-client.ts'

const series = { studyInstanceUID: '1.2', seriesInstanceUID: '1.2.3' }
const uids = Array.from({ length: 12 }, (_, n) => `1.2.3.${n}`)
const contentOf = (uid: string) => Buffer.alloc(200_000, uid)
const quick = { attempts: 4, firstMs: 1, longestMs: 4 }

type Response = Parameters<RequestListener>[1]

/** A PACS of one series; `serve` may answer for an instance in its own way, by the times asked. */
async function pacs(serve?: (uid: string, times: number, response: Response) => boolean) {
  const asked = new Map<string, number>()
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://pacs')
    const uid = pathname.split('/instances/')[1]
    const times = (asked.get(uid ?? 'list') ?? 0) + 1
    asked.set(uid ?? 'list', times)
    if (serve?.(uid ?? 'list', times, response)) return
    if (uid === undefined) {
      const answer = uids.map((each) => ({ '00080018': { vr: 'UI', Value: [each] } }))
      response.setHeader('Content-Type', 'application/dicom+json').end(JSON.stringify(answer))
      return
    }
    response.setHeader('Content-Type', 'multipart/related; type="application/dicom"; boundary=b')
    response.write('--b\r\nContent-Type: application/dicom\r\n\r\n')
    response.write(contentOf(uid))
    response.end('\r\n--b--')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dicomWebUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = new DicomWebClient(
    { dicomWebUrl, login: undefined },
    { answerMs: 200, idleMs: 200 },
  )
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { client, asked, [Symbol.asyncDispose]: close }
}

function collector() {
  const files: Buffer[] = []
  const progress: number[] = []
  const addFile = async (content: Readable) => void files.push(await buffer(content))
  return { files, progress, into: { addFile, progress: (done: number) => progress.push(done) } }
}

const bring = (client: DicomWebClient, into: Parameters<typeof bringSeries>[2]) =>
  bringSeries(client, [series], into, { signal: new AbortController().signal, retry: quick })

describe('fetching a series', () => {
  it('[IN-2] asks for each instance once, and says how far it is', async () => {
    await using house = await pacs()
    const { files, progress, into } = collector()
    await bring(house.client, into)
    expect(files.map((file) => file.toString('latin1')).sort()).toEqual(
      uids.map((uid) => contentOf(uid).toString('latin1')).sort(),
    )
    expect(progress).toEqual(uids.map((_, n) => (n + 1) / uids.length))
    const { list, ...instances } = Object.fromEntries(house.asked)
    expect(list).toBe(2) // the second answer has nothing new
    expect(Object.values(instances)).toEqual(uids.map(() => 1))
  })

  it('[IN-2] fetches a whole series from a PACS that answers with few at a time', async () => {
    await using house = await pacs((uid, _times, response) => {
      if (uid !== 'list') return false
      const { searchParams } = new URL(response.req.url ?? '', 'http://pacs')
      const offset = Number(searchParams.get('offset'))
      const page = uids.slice(offset, offset + 5)
      const answer = page.map((each) => ({ '00080018': { vr: 'UI', Value: [each] } }))
      response.setHeader('Content-Type', 'application/dicom+json').end(JSON.stringify(answer))
      return true
    })
    const { files, into } = collector()
    await bring(house.client, into)
    expect(files).toHaveLength(uids.length)
  })

  it('[IN-2] an instance without its UID in the list ends it in words: the series would have gaps', async () => {
    await using house = await pacs((uid, _, response) => {
      if (uid !== 'list') return false
      response.end(JSON.stringify([{ '00080018': { vr: 'UI', Value: ['1.2'] } }, {}]))
      return true
    })
    await expect(bring(house.client, collector().into)).rejects.toMatchObject({
      code: 'pacs-answer',
    })
  })

  it('[IN-2] after a cut, a refusal for now or a stall asks again for what is missing alone', async () => {
    const trouble: Record<string, (response: Response) => void> = {
      '1.2.3.4': (response) => {
        response.setHeader('Content-Type', 'multipart/related; boundary=b')
        response.write('--b\r\n\r\n')
        response.write(contentOf('1.2.3.4'), () => response.destroy())
      },
      '1.2.3.5': (response) => response.writeHead(503).end(),
      '1.2.3.6': (response) => {
        response.setHeader('Content-Type', 'multipart/related; boundary=b').flushHeaders()
      },
      list: (response) => response.destroy(),
    }
    await using house = await pacs((uid, times, response) => {
      if (times > 2 || !trouble[uid]) return false
      trouble[uid](response)
      return true
    })
    const { files, into } = collector()
    await bring(house.client, into)
    expect(files).toHaveLength(12)
    expect(files.every(({ length }) => length === 200_000)).toBe(true)
    const several = Object.fromEntries([...house.asked].filter(([, times]) => times > 1))
    expect(several).toEqual({ list: 4, '1.2.3.4': 3, '1.2.3.5': 3, '1.2.3.6': 3 })
  })

  it.each([
    [401, 'pacs-credentials', 1],
    [404, 'pacs-not-found', 1],
    [400, 'pacs-refused', 1],
    [500, 'pacs-unreachable', 4],
    [302, 'pacs-refused', 1],
  ])(
    '[IN-2] gives up on %i as %s after %i attempts, and fetches no more',
    async (status, code, attempts) => {
      await using house = await pacs((uid, _, response) => {
        if (uid !== '1.2.3.0') return false
        response.writeHead(status, { Location: 'http://127.0.0.1:9/' }).end()
        return true
      })
      await expect(bring(house.client, collector().into)).rejects.toMatchObject({ code })
      expect(house.asked.get('1.2.3.0')).toBe(attempts)
    },
  )

  it('[IN-2] a PACS that answers a search with everything it has is cut off, and the words say what helps', async () => {
    const study = {
      '0020000D': { vr: 'UI', Value: ['1.2'] },
      '00081030': { vr: 'LO', Value: ['x'] },
    }
    const thousand = `${JSON.stringify(Array.from({ length: 1000 }, () => study)).slice(1, -1)},`
    let sent = 0
    await using house = await pacs((_uid, _times, response) => {
      const everything = Readable.from(
        (function* () {
          yield '['
          for (; sent < 200e6; sent += thousand.length) yield thousand
        })(),
      )
      everything.pipe(response)
      return true
    })
    await expect(house.client.searchStudies({ limit: 50, modality: 'CT' })).rejects.toMatchObject({
      code: 'pacs-too-large',
      message: expect.stringContaining('Narrow the search'),
    })
    expect(sent).toBeLessThan(60e6)
  })

  it('[IN-2] an answer that is no DICOM, and one that never comes, end in words', async () => {
    await using house = await pacs((uid, _, response) => {
      if (uid !== '1.2.3.0') return false
      response.setHeader('Content-Type', 'text/html').end('<h1>Sign in</h1>')
      return true
    })
    await expect(bring(house.client, collector().into)).rejects.toMatchObject({
      code: 'pacs-answer',
    })
    await using silent = await pacs(() => true)
    const search = silent.client.searchSeries('1.2')
    await expect(search).rejects.toMatchObject({ code: 'pacs-timeout' })
  })

  it('what the import refuses ends it at once, with that very error', async () => {
    await using house = await pacs()
    const refusal = new Error('the disk is full')
    const addFile = async () => {
      throw refusal
    }
    await expect(bring(house.client, { addFile, progress: () => {} })).rejects.toBe(refusal)
    expect(house.asked.size).toBeLessThanOrEqual(5)
  })

  it('stops in the middle when it is told to, with the reason it was told', async () => {
    await using house = await pacs((uid, _, response) => {
      if (uid === 'list') return false
      response.flushHeaders()
      return true
    })
    const stopping = new AbortController()
    const { into } = collector()
    const options = { signal: stopping.signal, retry: quick }
    const bringing = bringSeries(house.client, [series], into, options)
    const reason = new PacsError('pacs-interrupted')
    stopping.abort(reason)
    await expect(bringing).rejects.toBe(reason)
  })
})

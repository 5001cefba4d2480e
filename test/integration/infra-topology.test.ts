import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportStatus } from '../../shared/case/import.ts'
import { Attendant } from '../support/attendant.ts'
import { openConference } from '../support/open-conference.ts'
import type { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { infra } from './infra-compose.ts'
import { type House, startHouse } from './infra-house.ts'

let house: House
let url: string
beforeAll(async () => {
  house = await startHouse()
  url = house.nginx.url
}, 120_000)
afterAll(() => house?.remove())

const get = (path: string, token = house.processes[0].token()) =>
  fetch(url + path, { headers: { authorization: `Bearer ${token}` } })

/** The ids of the processes that answer through the proxy. */
async function answering(): Promise<Set<string | null>> {
  const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`${url}/health/live`)))
  return new Set(answers.map(({ headers }) => headers.get('x-process')))
}

/** A conference in the memory of `host`, and the one who keeps it there. */
async function hostedBy(host: Caseroom) {
  const { links, conferenceId } = await openConference(host)
  const keeper = await Attendant.join(host.url, links.observer, 'Keeper')
  return { links, conferenceId, keeper }
}

describe('infra/compose.yaml, as processes', () => {
  it('[OPS-2] both processes are ready, and both answer', async () => {
    for (const process of house.processes) {
      const ready = await process.call('GET', '/health/ready')
      expect(await ready.json()).toEqual({ ready: true, missing: [] })
    }
    expect((await answering()).size).toBe(2)
  })

  it('sends whoever comes in the clear to https', async () => {
    const plain = await fetch(`http://127.0.0.1:${house.nginx.plainPort}/join`, {
      redirect: 'manual',
    })
    expect(plain.headers.get('location')).toBe('https://127.0.0.1/join')
    const page = await fetch(`${url}/join`)
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  it('[SEC-4] shows the figures of a process to nobody outside', async () => {
    expect((await get('/metrics')).status).toBe(404)
    const within = await house.processes[0].call('GET', '/metrics')
    expect(within.status).toBe(200)
  })

  it('[IN-1] takes an upload as it comes, and tells how it goes', async () => {
    const ct = join(infra, 'demo/ct')
    const [first = '', ...rest] = readdirSync(ct)
    const boundary = 'caseroom-upload'
    const part = (name: string) =>
      Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\n\r\n`,
        ),
        readFileSync(join(ct, name)),
        Buffer.from('\r\n'),
      ])
    const upload = httpsRequest(`${url}/api/imports`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${house.processes[0].token()}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
    })
    const answered = once(upload, 'response')
    upload.write(part(first))
    const receiving = await until('the server hears of it before it is whole', async () => {
      const { imports } = (await (await get('/api/imports')).json()) as { imports: ImportStatus[] }
      return imports.find(({ state }) => state === 'receiving')
    })
    const events = await get(`/api/imports/${receiving.importId}/events`)
    const states: string[] = []
    for await (const text of events.body!.pipeThrough(new TextDecoderStream())) {
      const told = [...text.matchAll(/"state":"(\w+)"/g)].map(([, state = '']) => state)
      if (states.length === 0 && told.length > 0) {
        expect(told).toEqual(['receiving']) // told while it is: what follows was not sent yet
        for (const name of rest) upload.write(part(name))
        upload.end(`--${boundary}--\r\n`)
      }
      states.push(...told)
    }
    expect(states.length).toBeGreaterThan(1)
    expect(states.at(-1)).toBe('ready')
    const [response] = await answered
    expect(response.statusCode).toBe(202)
    response.resume()
  })

  it('[OPS-2] people meet through the proxy whichever process holds their room', async () => {
    for (const host of house.processes) {
      const { links, conferenceId, keeper } = await hostedBy(host)
      const attending = await Attendant.join(url, links.attending, 'Dr Ada Okafor')
      const guests = await Promise.all(
        [1, 2, 3].map((n) => Attendant.join(url, links.resident, `Guest ${n}`)),
      )
      const people = [keeper, attending, ...guests]
      await until('everybody sees everybody', () =>
        people.every(({ state }) => state?.participants.size === people.length),
      )
      expect(
        await attending.command('setWindow', { windowCenter: 7, windowWidth: 77 }),
      ).toMatchObject({ ok: true })
      await until('everybody sees it', () =>
        people.every(({ state }) => state?.window.windowWidth === 77),
      )
      for (const one of people) await one.leave()
      const seats = () => house.nginx.accessLog().match(/ 101 .*/g) ?? []
      await until('the four are in the log', () => seats().length >= 4)
      expect(house.nginx.accessLog()).not.toContain(conferenceId)
    }
    const log = house.nginx.accessLog()
    for (const { port } of house.processes) {
      expect(log).toMatch(new RegExp(`GET 101 .* 127\\.0\\.0\\.1:${port} 101$`, 'm'))
    }
  })

  it('[JOIN-2] a guesser is stopped after ten by their address, whichever process they ask', async () => {
    const guess = async (localAddress: string, n: number) => {
      const asked = httpsRequest(`${url}/api/conferences/join`, {
        method: 'POST',
        localAddress,
        agent: false,
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `203.0.113.${n}` },
      })
      asked.end(JSON.stringify({ code: `AB${`${n}`.padStart(4, '2')}`, displayName: 'Guesser' }))
      const [response] = await once(asked, 'response')
      response.resume()
      return response.statusCode as number
    }
    const answers: number[] = []
    for (let n = 0; n < 14; n++) answers.push(await guess('127.0.0.2', n))
    expect(answers).toEqual([...Array(10).fill(404), ...Array(4).fill(429)]) // of both processes
    expect(await guess('127.0.0.3', 1)).toBe(404)
  })

  it('[OPS-2] a process is exchanged: nobody reads an error, and people come back by themselves', async () => {
    const [first] = house.processes
    const { links, keeper } = await hostedBy(first)
    const people = [
      await Attendant.join(url, links.attending, 'Dr Ada Okafor'),
      await Attendant.join(url, links.resident, 'Ben Resident'),
    ]
    const [attending] = people as [Attendant, Attendant]
    const marked = await attending.command('addAnnotation', {
      annotationId: 'kept',
      kind: 'point',
      pointsMm: [[1, 2, 3]],
    })
    expect(marked).toMatchObject({ ok: true })
    await keeper.leave()

    let ended = false
    const statuses = new Set<number>()
    const reader = async () => {
      while (!ended) statuses.add((await fetch(`${url}/api/openapi.json`)).status)
    }
    const readers = [reader(), reader(), reader()]
    expect(await first.stop()).toBe(0)
    await until('both are back on the other', () =>
      people.every((one) => one.connected && one.state?.participants.size === 2),
    )
    ended = true
    await Promise.all(readers)
    expect(statuses).toEqual(new Set([200]))
    expect(attending.state?.annotations.has('kept')).toBe(true)
    expect((await answering()).size).toBe(1)

    await house.startFirstAgain()
    await until('both processes answer again', async () => (await answering()).size === 2)
    expect(statuses).toEqual(new Set([200]))
    for (const one of people) await one.leave()
  })
})

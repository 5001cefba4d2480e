import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { Caseroom, type CaseroomOptions, startCaseroom } from '../support/start-caseroom.ts'

let started: Caseroom[] = []
afterEach(async () => {
  for (const caseroom of started) await caseroom.remove()
  started = []
})
const spawned = async (options: CaseroomOptions = {}) => {
  const caseroom = await Caseroom.spawn(options)
  started.push(caseroom)
  return caseroom
}
const start = async (options: CaseroomOptions = {}) => {
  const caseroom = await startCaseroom(options)
  started.push(caseroom)
  return caseroom
}

describe('npm start', () => {
  it('prints two lines and nothing else on standard output', async () => {
    const caseroom = await start()
    const { attending, guests } = await caseroom.opened()
    expect(caseroom.stdout.split('\n')).toHaveLength(3)
    expect(attending).toMatch(new RegExp(`^${caseroom.url}/sign-in#[\\w-]{43}$`))
    expect(guests).toBe(`${caseroom.url}/join`)
    for (const line of caseroom.stderr.trim().split('\n'))
      expect(() => JSON.parse(line)).not.toThrow()
    expect(caseroom.stderr).not.toContain(new URL(attending).hash)
  })

  it('takes the public address it is told', async () => {
    const caseroom = await start({ env: { PUBLIC_URL: 'https://rooms.example.org' } })
    const { attending, guests } = await caseroom.opened()
    expect(attending).toMatch(/^https:\/\/rooms\.example\.org\/sign-in#/)
    expect(guests).toBe('https://rooms.example.org/join')
  })

  const wrong: [string, CaseroomOptions][] = [
    ['PORT', { env: { PORT: 'many' } }],
    ['DATABASE_URL', { env: { DATABASE_URL: 'postgres://caseroom:hunter2@127.0.0.1:1/none' } }],
    ['DATA_DIR', { env: { DATA_DIR: join(import.meta.filename, 'data') } }],
    ['HOST', { env: { HOST: '192.0.2.1' } }],
    ['TLS_CERT', { env: { TLS_CERT: import.meta.filename, TLS_KEY: import.meta.filename } }],
    ['Usage', { args: ['--wan'] }],
  ]
  for (const [name, options] of wrong) {
    it(`with a wrong ${name} stops with one sentence that names it`, async () => {
      const caseroom = await spawned(options)
      expect(await caseroom.exited()).toBe(1)
      const sentences = caseroom.stderr.split('\n').filter((line) => line && !line.startsWith('{'))
      expect(sentences).toHaveLength(1)
      expect(sentences[0]).toContain(name)
      expect(caseroom.stderr + caseroom.stdout).not.toContain('hunter2')
      expect(caseroom.stdout).toBe('')
    })
  }

  it('keeps a second process out of its DATA_DIR, until the first is gone however it went', async () => {
    const first = await start()
    const second = await spawned({ dataDir: first.dataDir })
    expect(await second.exited()).toBe(1)
    expect(second.stderr).toMatch(/^Another Caseroom is running on this DATA_DIR/)
    await first.stop('SIGKILL')
    const third = await start({ dataDir: first.dataDir })
    await third.opened()
  })

  it('keeps what it holds from other users, in a folder open to them too', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'caseroom-test-'))
    chmodSync(dataDir, 0o755)
    const caseroom = await start({ dataDir })
    await caseroom.opened()
    const names = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
    expect(names).toEqual(expect.arrayContaining(['caseroom.sqlite', 'secret.key', 'volumes']))
    for (const name of names) {
      expect(statSync(join(dataDir, name)).mode & 0o077, name).toBe(0)
    }
  })

  it('warns once where others reach it in the clear, and only there', async () => {
    const exposed = await start({ env: { HOST: '0.0.0.0' } })
    await exposed.opened()
    expect(exposed.stderr.match(/in the clear/g)).toHaveLength(1)
    const behindProxy = { HOST: '0.0.0.0', PUBLIC_URL: 'https://rooms.example.org' }
    for (const env of [{}, behindProxy]) {
      const safe = await start({ env })
      await safe.opened()
      expect(safe.stderr).not.toContain('in the clear')
    }
  })

  it('says that its port is taken', async () => {
    const first = await start()
    const second = await spawned({ port: first.port })
    expect(await second.exited()).toBe(1)
    expect(second.stderr).toContain(`PORT ${first.port} is taken`)
  })

  it('drains and exits 0 within 5 s on SIGTERM and on SIGINT, with connections open', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const caseroom = await start()
      await caseroom.opened()
      const waiting = new WebSocket(`ws://127.0.0.1:${caseroom.port}/nowhere/none?sessionId=none`)
      await new Promise((resolve) => {
        waiting.onclose = resolve
        waiting.onerror = resolve
        waiting.onopen = resolve
      })
      const fromMs = Date.now()
      expect(await caseroom.stop(signal)).toBe(0)
      expect(Date.now() - fromMs).toBeLessThan(5_000)
      await expect(fetch(caseroom.url)).rejects.toThrow()
    }
  })

  it('keeps its secret key and its links over a restart', async () => {
    const first = await start()
    const token = first.token()
    const { attending } = await first.opened()
    await first.stop('SIGKILL')
    const second = await start({ dataDir: first.dataDir, port: first.port })
    expect((await second.call('GET', '/api/me', { token })).status).toBe(200)
    const link = new URL(attending).hash.slice(1)
    const signedIn = await second.call('POST', '/api/sign-in', { body: { token: link } })
    expect(signedIn.status).toBe(200)
    const key = readFileSync(join(first.dataDir, 'secret.key'), 'utf8').trim()
    expect(first.stderr + second.stderr).not.toContain(key)
  })
})

import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { request } from 'node:https'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { connect, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { lanAddresses } from '../../server/config/lan-addresses.ts'
import { type Caseroom, type CaseroomOptions, startCaseroom } from '../support/start-caseroom.ts'

let started: Caseroom[] = []
afterEach(async () => {
  for (const caseroom of started) await caseroom.remove()
  started = []
})
const start = async (options: CaseroomOptions) => {
  const caseroom = await startCaseroom(options)
  started.push(caseroom)
  return caseroom
}
const thirteenMonthsMs = 397 * 24 * 3_600_000

describe('npm start -- --lan', () => {
  it('serves https with a certificate of its own that names every address of this machine', async () => {
    const caseroom = await start({ args: ['--lan'] })
    const { attending, guests } = await caseroom.opened()
    for (const link of [attending, guests]) {
      const { protocol, hostname, port } = new URL(link)
      expect([protocol, port]).toEqual(['https:', `${caseroom.port}`])
      expect(hostname).toBe(lanAddresses()[0] ?? '127.0.0.1')
    }
    const certificate = await certificateOf(caseroom.port)
    for (const name of ['localhost', hostname()]) expect(certificate.checkHost(name)).toBe(name)
    for (const address of ['127.0.0.1', ...lanAddresses()]) {
      expect(certificate.checkIP(address)).toBe(address)
    }
    const lifetimeMs = certificate.validToDate.getTime() - certificate.validFromDate.getTime()
    expect(lifetimeMs).toBeLessThan(thirteenMonthsMs)
    expect(statSync(join(caseroom.dataDir, 'tls/generated.pem')).mode & 0o777).toBe(0o600)
  })

  it('keeps its certificate over a restart, so that it is trusted once', async () => {
    const first = await start({ args: ['--lan'] })
    const before = await certificateOf(first.port)
    await first.stop()
    const second = await start({ args: ['--lan'], dataDir: first.dataDir })
    expect((await certificateOf(second.port)).fingerprint256).toBe(before.fingerprint256)
  })

  it('takes web sockets on the same port', async () => {
    const caseroom = await start({ args: ['--lan'] })
    const status = await new Promise((resolve, reject) => {
      const upgrade = request(`${caseroom.url}/process/room?sessionId=none`, {
        rejectUnauthorized: false,
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
        },
      })
      upgrade.on('upgrade', (response, socket) => {
        socket.destroy()
        resolve(response.statusCode)
      })
      upgrade.on('response', (response) => resolve(response.statusCode))
      upgrade.on('error', reject)
      upgrade.end()
    })
    expect(status).toBe(101)
  })

  it('uses the certificate it is given, with the login cookie for https alone', async () => {
    const made = await start({ args: ['--lan'] })
    const pem = join(made.dataDir, 'tls/generated.pem')
    const before = await certificateOf(made.port)
    await made.stop()
    const given = await start({
      args: ['--lan'],
      env: { TLS_CERT: pem, TLS_KEY: pem },
    })
    expect((await certificateOf(given.port)).fingerprint256).toBe(before.fingerprint256)
    const { attending } = await given.opened()
    const cookies = await signIn(given, new URL(attending).hash.slice(1))
    expect(cookies).toMatch(/^__Host-caseroom-login=[^;]+;.*HttpOnly; Secure; SameSite=Strict/)
    expect(readFileSync(pem, 'utf8')).toContain('PRIVATE KEY')
  })
})

function certificateOf(port: number): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false })
    socket.once('secureConnect', () => {
      const { raw } = socket.getPeerCertificate()
      socket.destroy()
      resolve(new X509Certificate(raw))
    })
    socket.once('error', reject)
  })
}

function signIn(caseroom: Caseroom, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${caseroom.url}/api/sign-in`,
      {
        method: 'POST',
        rejectUnauthorized: false,
        headers: { 'content-type': 'application/json' },
      },
      (response) => {
        response.resume()
        resolve(response.headers['set-cookie']?.join('\n') ?? '')
      },
    )
    call.on('error', reject)
    call.end(JSON.stringify({ token }))
  })
}

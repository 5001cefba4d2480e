import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import type { Env } from './env.ts'
import { StartError } from './start-error.ts'

const turnSecret = 'hunter2, as a long one'
const load = (env: Env, lan = false) => loadConfig(env, { lan })

describe('configuration', () => {
  it('needs nothing', () => {
    expect(load({})).toMatchObject({
      host: '127.0.0.1',
      port: 2567,
      publicUrl: 'http://127.0.0.1:2567',
      tls: { kind: 'none' },
      demoCase: 'default',
      logLevel: 'info',
    })
  })

  it('answers on the network by https, at an address that others can open', () => {
    const { host, tls, publicUrl } = load({ PORT: '8443' }, true)
    expect(host).toBe('0.0.0.0')
    expect(tls).toEqual({ kind: 'generated' })
    expect(publicUrl).toMatch(/^https:\/\/(?!0\.0\.0\.0).+:8443$/)
  })

  it('prints the public address it is given, and one that can be opened for a wildcard', () => {
    expect(load({ PUBLIC_URL: 'https://rooms.example.org/' }).publicUrl).toBe(
      'https://rooms.example.org',
    )
    expect(load({ HOST: '0.0.0.0' }).publicUrl).toBe('http://127.0.0.1:2567')
    expect(load({ HOST: '::1', PORT: '80' }).publicUrl).toBe('http://[::1]')
  })

  it('listens for media where it listens, on a port of its own, with a worker per core', () => {
    const { media } = load({})
    expect(media).toMatchObject({
      port: 44_400,
      listenHost: '127.0.0.1',
      announcedAddress: undefined,
      workerBin: undefined,
    })
    expect(media.workers).toBe(Math.min(availableParallelism(), 8))
    expect(load({ HOST: '[::1]' }).media.listenHost).toBe('::1')
    expect(load({ MEDIA_LISTEN_IP: '192.0.2.1', MEDIA_WORKERS: '0' }).media).toMatchObject({
      listenHost: '192.0.2.1',
      workers: 0,
    })
  })

  it('announces an address that others can send to', () => {
    const { media } = load({}, true)
    expect(media.listenHost).toBe('0.0.0.0')
    expect(media.announcedAddress).toMatch(/^(?!0\.0\.0\.0)[\w.:]+$/)
    const announced = { MEDIA_ANNOUNCED_ADDRESS: 'media.example.org' }
    expect(load(announced, true).media.announcedAddress).toBe('media.example.org')
    const published = { HOST: '0.0.0.0', PUBLIC_URL: 'https://rooms.example.org' }
    expect(load(published).media.announcedAddress).toBe('rooms.example.org')
    expect(load({ HOST: '0.0.0.0' }).media.announcedAddress).toBe('127.0.0.1')
    expect(load({ HOST: '0.0.0.0', MEDIA_WORKERS: '0' }).media.workers).toBe(0)
  })

  it('[AV-6] names the relay and the secret shared with it, or neither', () => {
    expect(load({}).media.turn).toBeUndefined()
    const urls = [
      'turn:turn.example.org',
      'turn:192.0.2.10:443?transport=tcp',
      'turns:[2001:db8::7]:5349',
    ]
    expect(load({ TURN_URL: urls.join(', '), TURN_SECRET: turnSecret }).media.turn).toEqual({
      urls,
      secret: turnSecret,
    })
  })

  const wrong: Env[] = [
    { PORT: 'http' },
    { PORT: '0' },
    { PORT: '65536' },
    { PORT: '12.5' },
    { HOST: 'a b' },
    { PUBLIC_URL: 'caseroom.example.org' },
    { PUBLIC_URL: 'ftp://caseroom.example.org' },
    { PUBLIC_URL: 'https://example.org/caseroom' },
    { PUBLIC_URL: 'https://user:pass@example.org' },
    { DATABASE_URL: 'mysql://root:hunter2@db/x' },
    { SECRET_KEY: 'hunter2' },
    { TLS_CERT: '/nowhere/cert.pem', TLS_KEY: '/nowhere/key.pem' },
    { TLS_CERT: import.meta.filename },
    { DEMO_CASE: 'yes' },
    { LOG_LEVEL: 'loud' },
    { MEDIA_LISTEN_IP: 'localhost' },
    { MEDIA_ANNOUNCED_ADDRESS: 'http://here' },
    { MEDIA_ANNOUNCED_ADDRESS: '0.0.0.0' },
    { MEDIA_PORT: '0' },
    { MEDIA_PORT: '9' },
    { MEDIA_PORT: '65535', MEDIA_WORKERS: '2' },
    { MEDIA_WORKERS: '-1' },
    { MEDIA_WORKERS: '65' },
    { TURN_URL: 'turn:turn.example.org' },
    { TURN_SECRET: turnSecret },
    { TURN_SECRET: 'hunter2', TURN_URL: 'turn:turn.example.org' },
    { TURN_SECRET: 'hunter2'.repeat(40), TURN_URL: 'turn:turn.example.org' },
    ...[
      'turn.example.org:3478',
      'stun:turn.example.org',
      'turn://turn.example.org',
      'turn:admin:hunter2@turn.example.org',
      'turn:turn.example.org:65536',
      'turn:turn.example.org:25',
      'turn:turn.example.org:0',
      'turn:turn.example.org?transport=sctp',
      'turn:turn.example.org?transport=udp&more',
      'turn:0.0.0.0',
      'turn:192.0.2.300',
      'turn:[2001:db8:::7]',
      'turn:one.example.org,',
      'turn:one.example.org turn:two.example.org',
      Array(5).fill('turn:turn.example.org').join(','),
    ].map((url) => ({ TURN_URL: url, TURN_SECRET: turnSecret })),
  ]
  for (const env of wrong) {
    it(`refuses ${JSON.stringify(env)} in one sentence that names it and tells no secret`, () => {
      const refuse = () => load(env)
      expect(refuse).toThrow(StartError)
      expect(refuse).toThrow(new RegExp(`^${Object.keys(env)[0]}\\b[^\\n]*\\.$`))
      expect(refuse).not.toThrow(/hunter2/)
    })
  }
})

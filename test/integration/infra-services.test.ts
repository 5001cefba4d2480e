import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DCLinter } from 'dclint'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../server/config/config.ts'
import { envNames } from '../../server/config/env.ts'
import { compose, composeAsWritten, infra, projectRoot, someEnv } from './infra-compose.ts'

const { services, networks, volumes } = compose(someEnv)
const written = composeAsWritten()
const apps = Object.entries(services).filter(([name]) => name.startsWith('app'))

describe('infra/compose.yaml', () => {
  it('passes the linter, but for the order of keys', () => {
    const byHand = [
      'service-keys-order',
      'services-alphabetical-order',
      'top-level-properties-order',
    ]
    const linter = new DCLinter({
      rules: {
        ...Object.fromEntries(byHand.map((rule) => [rule, 0 as const])),
        'require-quotes-in-ports': [2, { quoteType: 'double' }],
      },
      quiet: false,
      debug: false,
      exclude: [],
    })
    const results = linter.lintFiles([join(infra, 'compose.yaml')], false)
    expect(results).toHaveLength(1)
    expect(results[0]?.messages).toEqual([])
  })

  it('starts the server with an environment that it knows and takes', () => {
    expect(apps).toHaveLength(2)
    for (const [name, { environment = {} }] of apps) {
      for (const key of Object.keys(environment)) expect(envNames, name).toContain(key)
      // An empty variable counts as one that is not set.
      const set = Object.entries(environment).filter(([, value]) => value !== '')
      const config = loadConfig(
        { HOST: '0.0.0.0', DATA_DIR: '/data', ...Object.fromEntries(set) },
        { lan: false },
      )
      expect(config).toMatchObject({
        publicUrl: 'https://rooms.example.org',
        databaseUrl: `postgres://caseroom:${someEnv.POSTGRES_PASSWORD}@postgres:5432/caseroom`,
        scaling: {
          redisUrl: `redis://:${someEnv.REDIS_PASSWORD}@redis:6379`,
          processAddress: `${name}:2567`,
        },
        media: { announcedAddress: '192.0.2.10', turn: { secret: someEnv.TURN_SECRET } },
      })
    }
  })

  it('publishes exactly the media ports that each process listens on, and no port twice', () => {
    for (const [name, { environment = {}, ports }] of apps) {
      const first = Number(environment.MEDIA_PORT)
      const range = `${first}-${first + Number(environment.MEDIA_WORKERS) - 1}`
      const both = ['udp', 'tcp'].map((protocol) => `0.0.0.0:${range}:${range}/${protocol}`)
      expect(ports, name).toEqual(both)
    }
    const published = Object.values(services).flatMap(({ ports = [] }) => ports)
    expect(new Set(published).size).toBe(published.length)
  })

  it('[SEC-4] publishes the proxy, media and TURN alone; the stores are on a network of their own', () => {
    const open = Object.entries(services).filter(
      ([, { ports, network_mode }]) => ports || network_mode === 'host',
    )
    expect(open.map(([name]) => name).sort()).toEqual(['app1', 'app2', 'proxy', 'turn'])
    for (const name of ['redis', 'postgres']) expect(services[name]?.networks).toEqual(['back'])
    expect(networks.back?.internal).toBe(true)
    expect(services.proxy?.ports).toEqual(['0.0.0.0:80:80', '0.0.0.0:443:443'])
  })

  it('trusts the proxy’s own address, and pins the two that the proxy looks for', () => {
    const addressOf = (name: string) => {
      const { networks } = services[name]!
      return Array.isArray(networks) ? undefined : networks?.front?.ipv4_address
    }
    for (const [name, { environment }] of apps) {
      expect(environment?.TRUST_PROXY, name).toBe(addressOf('proxy'))
    }
    const hosts = apps.map(([name]) => `${name}:${addressOf(name)}`)
    expect(services.proxy?.extra_hosts).toEqual(hosts)
    expect(hosts.join(' ')).toBe('app1:10.77.0.11 app2:10.77.0.12')
  })

  it('[SEC-4] holds no secret, and refuses to start without one', () => {
    for (const [name, service] of Object.entries(written.services)) {
      const { environment = {}, command = [], entrypoint = [] } = service
      for (const [key, value] of Object.entries(environment)) {
        if (/PASSWORD|SECRET|_URL/.test(key)) expect(value, `${name} ${key}`).toMatch(/\$\{\w+/)
      }
      for (const part of [...command, ...entrypoint])
        expect(part, name).not.toMatch(/(secret|pass)\w*[= ](?!\$)\S/i)
    }
    for (const name of ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'TURN_SECRET', 'PUBLIC_NAME']) {
      expect(() => compose({ ...someEnv, [name]: '' }), name).toThrow(name)
    }
  })

  it('locks every container as far as its program allows', () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service, name).toMatchObject({
        restart: 'unless-stopped',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
        mem_limit: expect.any(String),
        pids_limit: expect.any(Number),
      })
      const asked = service.healthcheck ?? (service.build && 'by the image')
      expect(asked, `${name} health check`).toBeDefined()
    }
  })

  it('lets the proxy start as many processes as it has, the old ones beside the new', () => {
    const settings = readFileSync(join(infra, 'nginx/caseroom.conf'), 'utf8')
    const workers = Number(/^worker_processes (\d+);$/m.exec(settings)?.[1])
    const masterAndHealthCheck = 4
    expect(2 * workers + masterAndHealthCheck).toBeLessThanOrEqual(services.proxy!.pids_limit!)
  })

  it('names its images by version, its own by that of the package', () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
    for (const [name, { image, build }] of Object.entries(services)) {
      expect(image, name).toMatch(/:\d+\.\d+\.\d+|:\d+\.\d+-/)
      if (build) {
        expect(image).toBe(`caseroom:${version}`)
        expect(build).toEqual({ context: '..', dockerfile: 'infra/Dockerfile' })
      }
    }
  })

  it('mounts what is there, or what new-env.sh makes', () => {
    for (const { volumes: mounts = [] } of Object.values(services)) {
      for (const mount of mounts) {
        const [from = ''] = mount.split(':')
        if (!from.startsWith('.')) expect(Object.keys(volumes)).toContain(from)
        else if (from !== './tls') expect(existsSync(join(infra, from)), from).toBe(true)
      }
    }
  })
})

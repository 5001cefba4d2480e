import { spawnSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { compose, infra, projectRoot, someEnv, variablesOf } from './infra-compose.ts'

let folder: string | undefined
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true })
  folder = undefined
})
const newFolder = () => {
  folder = mkdtempSync(join(tmpdir(), 'caseroom-infra-'))
  return folder
}

const newEnv = (at: string, ...args: string[]) =>
  spawnSync('sh', [join(infra, 'new-env.sh'), ...args], {
    env: { PATH: process.env.PATH, INFRA_DIR: at },
    encoding: 'utf8',
  })

const valuesIn = (path: string): Record<string, string> =>
  Object.fromEntries(
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => /^\w+=/.test(line))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

describe('infra/new-env.sh', () => {
  it('[OPS-1] gives compose.yaml every value, its secrets by chance, readable by nobody else', () => {
    const at = newFolder()
    expect(newEnv(at, 'rooms.example.org', '192.0.2.10').status).toBe(0)
    const values = valuesIn(join(at, '.env'))
    expect(values).toMatchObject({ PUBLIC_NAME: 'rooms.example.org', PUBLIC_ADDRESS: '192.0.2.10' })
    const secrets = ['POSTGRES_PASSWORD', 'REDIS_PASSWORD', 'TURN_SECRET'].map(
      (name) => values[name],
    )
    for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set(secrets).size).toBe(secrets.length)
    for (const name of readdirSync(at, { recursive: true, encoding: 'utf8' })) {
      expect(statSync(join(at, name)).mode & 0o077, name).toBe(0)
    }
  })

  it('makes a certificate for the name and the address, with its key', () => {
    const at = newFolder()
    newEnv(at, 'rooms.example.org', '192.0.2.10')
    const read = (name: string) => readFileSync(join(at, 'tls', name))
    const certificate = new X509Certificate(read('fullchain.pem'))
    expect(certificate.subjectAltName).toBe('DNS:rooms.example.org, IP Address:192.0.2.10')
    expect(certificate.checkPrivateKey(createPrivateKey(read('privkey.pem')))).toBe(true)
  })

  it('takes the longest name there may be', () => {
    const at = newFolder()
    const name = `${'rooms-of-the-department-of-radiology.'.repeat(4)}example.org`
    expect(newEnv(at, name, '192.0.2.10').status).toBe(0)
    const certificate = new X509Certificate(readFileSync(join(at, 'tls/fullchain.pem')))
    expect(certificate.checkHost(name)).toBe(name)
  })

  it('leaves what is there as it is', () => {
    const at = newFolder()
    newEnv(at, 'rooms.example.org', '192.0.2.10')
    const files = ['.env', 'tls/privkey.pem', 'tls/fullchain.pem']
    const read = () => files.map((name) => readFileSync(join(at, name), 'utf8'))
    const before = read()
    expect(newEnv(at, 'other.example.org', '192.0.2.11').status).toBe(0)
    expect(read()).toEqual(before)
  })

  it('refuses what is no name or no address, and makes nothing', () => {
    const at = newFolder()
    for (const args of [
      [],
      ['a'],
      ['a b', '192.0.2.10'],
      ['a', 'b'],
      ['a/b', '192.0.2.1'],
      ['a', '192.0.2'],
      ['a', '192.0.2.256'],
    ]) {
      const { status, stderr } = newEnv(at, ...args)
      expect(status, args.join(' ')).toBe(1)
      expect(stderr.trim().split('\n')).toHaveLength(1)
    }
    expect(readdirSync(at)).toEqual([])
  })

  it('offers every value that compose.yaml takes, but for those with a default', () => {
    const offered = Object.keys(valuesIn(join(infra, 'example.env')))
    const withDefault = ['LOG_LEVEL']
    expect([...offered, ...withDefault].sort()).toEqual(variablesOf())
  })
})

describe('shell scripts', () => {
  it('parse', () => {
    const scripts = readdirSync(infra, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.sh'))
      .map((name) => join(infra, name))
    expect(scripts.length).toBeGreaterThan(2)
    for (const script of scripts) {
      const shell = readFileSync(script, 'utf8').startsWith('#!/bin/sh') ? 'sh' : 'bash'
      expect(spawnSync(shell, ['-n', script]).status, script).toBe(0)
    }
  })
})

describe('infra/runbook.md', () => {
  const runbook = readFileSync(join(infra, 'runbook.md'), 'utf8')
  const { services } = compose(someEnv)

  it('names services, figures and files that are there', () => {
    const metrics = readFileSync(join(projectRoot, 'server/metrics.ts'), 'utf8')
    const figures = runbook.match(/caseroom_[a-z_]+(?=[`{])/g) ?? []
    expect(figures.length).toBeGreaterThan(4)
    for (const figure of figures) {
      if (figure !== 'caseroom_front') expect(metrics, figure).toContain(`'${figure}'`)
    }
    const flags = '(?:-\\S+(?: 15m)? )*'
    const named = [
      ...runbook.matchAll(
        new RegExp(`docker compose (?:exec|run|restart|up|logs) ${flags}(\\w+)`, 'g'),
      ),
    ].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(10)
    for (const name of named) {
      if (name !== 'NAME') expect(Object.keys(services)).toContain(name)
    }
  })

  it('opens in the firewall what compose.yaml publishes and TURN listens on', () => {
    const turn = readFileSync(join(infra, 'coturn/turnserver.conf'), 'utf8')
    const setting = (name: string) => new RegExp(`^${name}=(\\d+)$`, 'm').exec(turn)?.[1] ?? name
    const published = Object.values(services)
      .flatMap(({ ports = [] }) => ports)
      .map((port) => /^[\d.]+:([\d-]+):/.exec(port)?.[1]?.replace('-', '–') ?? port)
    const [, table = ''] = runbook.split('## Firewall')
    for (const port of [
      ...published,
      `${setting('listening-port')}/udp`,
      `${setting('min-port')}–${setting('max-port')}/udp`,
    ]) {
      expect(table).toContain(port)
    }
  })
})

describe('what is not to be kept', () => {
  it('[SEC-4] git ignores this installation’s secrets', () => {
    for (const path of ['infra/.env', 'infra/tls/privkey.pem']) {
      const { status } = spawnSync('git', ['check-ignore', '-q', path], { cwd: projectRoot })
      expect(status, path).toBe(0)
    }
  })
})

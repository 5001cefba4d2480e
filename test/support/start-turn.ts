import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freeMediaPort } from './free-media-port.ts'
import { until } from './until.ts'

const program = '/usr/bin/turnserver'

/** What it sends from, and nothing else here does. */
export const relayIp = '127.0.0.4'

export interface TestTurnOptions {
  readonly secret: string
  /** As what others see `relayIp`, port by port. Default: itself. */
  readonly externalIp?: string
  /** Default: a free one. */
  readonly port?: number
}

export interface TestTurn {
  /** Listens on 127.0.0.1, UDP and TCP. */
  readonly port: number
  url(transport: 'udp' | 'tcp'): string
  stop(): Promise<void>
}

/** A real coturn in its own folder, as an unprivileged user, that relays to loopback too. */
export async function startTurn(options: TestTurnOptions): Promise<TestTurn> {
  if (!existsSync(program)) {
    throw new Error('This test could not run: coturn is missing. npm run setup -- --test')
  }
  const port = options.port ?? (await freeMediaPort())
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-turn-'))
  const owner = unprivilegedUser()
  const config = join(folder, 'turnserver.conf')
  writeFileSync(config, settings(options, { port, folder }), { mode: 0o600 })
  for (const path of [folder, config]) {
    chownSync(path, owner.uid ?? process.getuid!(), owner.gid ?? process.getgid!())
  }
  const server = spawn(program, ['-c', config], { ...owner, cwd: folder, stdio: 'ignore' })
  const exited = once(server, 'exit')
  const turn: TestTurn = {
    port,
    url: (transport) => `turn:127.0.0.1:${port}?transport=${transport}`,
    stop: async () => {
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGKILL')
      await exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
  try {
    await until('coturn answers', () => {
      if (server.exitCode !== null) throw new Error(`coturn stopped: ${server.exitCode}`)
      return answers(port)
    })
    return turn
  } catch (error) {
    await turn.stop()
    throw error
  }
}

const settings = (
  { secret, externalIp = relayIp }: TestTurnOptions,
  at: { port: number; folder: string },
) =>
  [
    'listening-ip=127.0.0.1',
    `listening-port=${at.port}`,
    `relay-ip=${relayIp}`,
    `external-ip=${externalIp}/${relayIp}`,
    'realm=caseroom.test',
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'allow-loopback-peers',
    'no-cli',
    'no-tls',
    'no-dtls',
    'relay-threads=1',
    `userdb=${join(at.folder, 'turndb')}`,
    `pidfile=${join(at.folder, 'turnserver.pid')}`,
    `log-file=${join(at.folder, 'turnserver.log')}`,
    'simple-log',
    '',
  ].join('\n')

/** It opens TCP after UDP. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}

/** Debian's package brings the user `turnserver`. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'turnserver'], { encoding: 'utf8' }).trim())
  return { uid: id('-u'), gid: id('-g') }
}

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

export interface TestRedis {
  readonly url: string
  readonly port: number
  readonly pid: number
  stop(signal?: NodeJS.Signals): Promise<void>
}

const program = '/usr/bin/redis-server'

/** A real Redis on a loopback port, which keeps nothing on disk. */
export async function startRedis(options: { port?: number } = {}): Promise<TestRedis> {
  if (!existsSync(program))
    throw new Error('This test could not run: Redis is missing. npm run setup -- --test')
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-redis-'))
  const port = options.port ?? (await freePort())
  const server = spawn(
    program,
    ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { cwd: folder, stdio: 'ignore' },
  )
  const exited = once(server, 'exit')
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    if (server.exitCode === null && server.signalCode === null) server.kill(signal)
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until('Redis answers', () => answers(port))
  } catch (error) {
    await stop('SIGKILL')
    throw error
  }
  return { url: `redis://127.0.0.1:${port}`, port, pid: server.pid ?? 0, stop }
}

async function answers(port: number): Promise<boolean> {
  const socket = createConnection({ port, host: '127.0.0.1' })
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [reply] = (await once(socket, 'data')) as [Buffer]
    return reply.toString().startsWith('+PONG')
  } finally {
    socket.destroy()
  }
}

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

export interface TestPostgres {
  /** A database of its own, empty. */
  createDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

/** A real PostgreSQL on a free loopback port, in its own folder, as an unprivileged user. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = findPostgres()
  const owner = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-postgres-'))
  chownSync(folder, owner.uid ?? process.getuid!(), owner.gid ?? process.getgid!())
  const data = join(folder, 'data')
  execFileSync(
    join(bin, 'initdb'),
    ['-D', data, '-U', 'caseroom', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { ...owner, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const port = await freePort()
  const url = (database: string) => `postgres://caseroom@127.0.0.1:${port}/${database}`
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', `${port}`, '-h', '127.0.0.1', '-k', folder, '-c', 'shared_buffers=16MB'],
    { ...owner, cwd: folder, stdio: 'ignore' },
  )
  const exited = once(server, 'exit')
  const stop = async () => {
    if (server.exitCode === null) server.kill('SIGQUIT')
    await exited
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await until('PostgreSQL answers', () => ask(url('postgres'), 'select 1'), 20_000)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    createDatabase: async (name) => {
      await ask(url('postgres'), `create database ${pg.escapeIdentifier(name)}`)
      return url(name)
    },
    stop,
  }
}

async function ask(connectionString: string, text: string): Promise<true> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(text)
    return true
  } finally {
    await client.end()
  }
}

function findPostgres(): string {
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : []
  const bin = versions.map((version) => join(root, version, 'bin')).find((at) => existsSync(at))
  if (!bin)
    throw new Error('This test could not run: PostgreSQL is missing. npm run setup -- --test')
  return bin
}

/** PostgreSQL refuses to run as root; Debian's package brings the user `postgres`. */
function unprivilegedUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {}
  const id = (flag: string) =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }).trim())
  return { uid: id('-u'), gid: id('-g') }
}

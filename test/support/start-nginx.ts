import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const program = '/usr/sbin/nginx'
const caseroomConf = join(import.meta.dirname, '../../infra/nginx/caseroom.conf')

export interface TestNginx {
  /** The master's. */
  readonly pid: number
  readonly port: number
  readonly plainPort: number
  /** By https, at the address that its certificate names. */
  readonly url: string
  /** What `nginx -t` says of its settings. */
  readonly checked: string
  accessLog(): string
  stop(): Promise<void>
}

/**
 * A real nginx with infra/nginx/caseroom.conf in front of two processes on loopback. `folder` holds
 * tls/fullchain.pem and tls/privkey.pem, and takes all it writes.
 */
export async function startNginx(options: {
  folder: string
  processes: readonly [port: number, port: number]
}): Promise<TestNginx> {
  if (!existsSync(program))
    throw new Error('This test could not run: nginx is missing. npm run setup -- --test')
  const { folder, processes } = options
  const [port, plainPort] = [await freePort(), await freePort()]
  const config = join(folder, 'nginx.conf')
  const accessLog = join(folder, 'access.log')
  mkdirSync(join(folder, 'tmp'), { recursive: true })
  /** What the container has, and what this machine has in its place. */
  const here: Record<string, string> = {
    'user nginx;': process.getuid?.() === 0 ? 'user root;' : '',
    ' /tmp/': ` ${folder}/tmp/`,
    '/dev/stdout': accessLog,
    'app1:2567': `127.0.0.1:${processes[0]}`,
    'app2:2567': `127.0.0.1:${processes[1]}`,
    'listen 80 ': `listen 127.0.0.1:${plainPort} `,
    'listen 443 ': `listen 127.0.0.1:${port} `,
    '/etc/nginx/tls/': `${folder}/tls/`,
  }
  writeFileSync(config, rendered(here))
  const { status, stderr: checked } = spawnSync(program, ['-t', '-c', config], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`nginx refuses infra/nginx/caseroom.conf: ${checked}`)

  /** As few files open at once as a container may have without a word of its operator. */
  const start = `ulimit -Sn 1024 && exec ${program} -c ${config} -g 'daemon off;'`
  const server = spawn('sh', ['-c', start], { stdio: 'ignore' })
  const exited = once(server, 'exit')
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM')
    await exited
  }
  try {
    await until('nginx answers', () =>
      fetch(`http://127.0.0.1:${plainPort}`, { redirect: 'manual' }),
    )
  } catch (error) {
    await stop()
    throw error
  }
  return {
    pid: server.pid!,
    port,
    plainPort,
    url: `https://127.0.0.1:${port}`,
    checked,
    accessLog: () => readFileSync(accessLog, 'utf8'),
    stop,
  }
}

function rendered(here: Record<string, string>): string {
  let text = readFileSync(caseroomConf, 'utf8')
  for (const [there, instead] of Object.entries(here)) {
    if (!text.includes(there)) throw new Error(`caseroom.conf does not say ${there} any more`)
    text = text.replaceAll(there, instead)
  }
  return text
}

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { request as secureRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSecretKey } from '../../server/config/secret-key.ts'
import type { InstallationRole } from '../../server/identity/actor.ts'
import { scriptToken } from '../../server/identity/script-token.ts'
import { freeMediaPort } from './free-media-port.ts'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const projectRoot = join(import.meta.dirname, '../..')

export interface CaseroomOptions {
  /** Default: DEMO_CASE=off and one media worker on loopback; everything else unset. */
  env?: Record<string, string>
  args?: string[]
  /** A folder to start on again; without it a new one, removed by `remove`. */
  dataDir?: string
  port?: number
}

/** The real server in a process of its own, on a free loopback port, with its own DATA_DIR. */
export class Caseroom {
  readonly url: string
  readonly port: number
  readonly dataDir: string
  readonly mediaPort: number
  stdout = ''
  stderr = ''
  readonly #process: ChildProcess
  readonly #exited: Promise<number | null>

  private constructor(
    child: ChildProcess,
    at: Pick<Caseroom, 'url' | 'port' | 'mediaPort' | 'dataDir'>,
  ) {
    this.#process = child
    this.url = at.url
    this.port = at.port
    this.mediaPort = at.mediaPort
    this.dataDir = at.dataDir
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.#exited = once(child, 'close').then(() => child.exitCode)
  }

  /** Resolves as soon as the process is spawned; `listening`, `opened` or `exited` come later. */
  static async spawn(options: CaseroomOptions = {}): Promise<Caseroom> {
    const port = options.port ?? (await freePort())
    const mediaWorkers = options.env?.MEDIA_WORKERS ?? '1'
    const mediaPort = options.env?.MEDIA_PORT ?? `${await freeMediaPort(Number(mediaWorkers))}`
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'caseroom-test-'))
    const args = options.args ?? []
    const child = spawn(process.execPath, [join(projectRoot, 'server/main.ts'), ...args], {
      cwd: projectRoot,
      env: {
        PATH: process.env.PATH,
        PORT: `${port}`,
        DATA_DIR: dataDir,
        DEMO_CASE: 'off',
        MEDIA_LISTEN_IP: '127.0.0.1',
        MEDIA_PORT: mediaPort,
        MEDIA_WORKERS: mediaWorkers,
        ...(process.env.MEDIASOUP_WORKER_BIN && {
          MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN,
        }),
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const scheme = args.includes('--lan') ? 'https' : 'http'
    const url = `${scheme}://127.0.0.1:${port}`
    return new Caseroom(child, { url, port, mediaPort: Number(mediaPort), dataDir })
  }

  get pid(): number {
    return this.#process.pid ?? 0
  }

  get running(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }

  async listening(): Promise<void> {
    await until(`${this.url} answers`, () => {
      if (!this.running) throw new Error(`it stopped: ${this.stderr}`)
      return liveness(this.url)
    })
  }

  /** The two lines that end the start. */
  async opened(withinMs = 120_000): Promise<{ attending: string; guests: string }> {
    const lines = /^Attending: (\S+)\nGuests: (\S+)\n/
    const [, attending = '', guests = ''] = await until(
      'the two lines',
      () => {
        if (!this.running) throw new Error(`it stopped: ${this.stderr}`)
        return this.stdout.match(lines)
      },
      withinMs,
    )
    return { attending, guests }
  }

  /** Resolves with the exit code, null where a signal ended it. */
  exited(): Promise<number | null> {
    return this.#exited
  }

  token(role: InstallationRole = 'admin'): string {
    return scriptToken(loadSecretKey(this.dataDir, undefined), { role, name: role }, Date.now())
  }

  /** A call with a token; undefined for none. */
  call(method: string, path: string, options: { token?: string | undefined; body?: unknown } = {}) {
    const headers: Record<string, string> = {}
    if (options.token) headers.authorization = `Bearer ${options.token}`
    const form = options.body instanceof FormData
    if (options.body !== undefined && !form) headers['content-type'] = 'application/json'
    const body = form ? (options.body as FormData) : JSON.stringify(options.body)
    return fetch(this.url + path, { method, headers, ...(options.body !== undefined && { body }) })
  }

  /** Ends the process; its folder stays for another start. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.#process.kill(signal)
    return this.#exited
  }

  async remove(): Promise<void> {
    if (this.running) await this.stop('SIGKILL')
    rmSync(this.dataDir, { recursive: true, force: true })
  }
}

/** Started, and ready to be called. */
export async function startCaseroom(options: CaseroomOptions = {}): Promise<Caseroom> {
  const caseroom = await Caseroom.spawn(options)
  try {
    await caseroom.listening()
    return caseroom
  } catch (error) {
    await caseroom.stop('SIGKILL')
    throw error
  }
}

/** A certificate of this very test's making is not checked here. */
function liveness(url: string): Promise<boolean> {
  const ask = url.startsWith('https:') ? secureRequest : request
  return new Promise((resolve, reject) => {
    ask(`${url}/health/live`, { rejectUnauthorized: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
      .on('error', reject)
      .end()
  })
}

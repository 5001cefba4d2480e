import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { TextReaderError } from './text-reader.ts'

const require = createRequire(import.meta.url)
const script = require.resolve('tesseract.js/src/worker-script/node/index.js')
const languageFolder = join(
  dirname(require.resolve('@tesseract.js-data/eng/package.json')),
  '4.0.0',
)

interface Answer {
  readonly jobId: string
  readonly status: 'resolve' | 'reject' | 'progress'
  readonly data: unknown
}

interface Waiting {
  readonly resolve: (data: unknown) => void
  readonly reject: (error: TextReaderError) => void
}

/**
 * The thread of tesseract.js, driven by its own messages. The package's `createWorker` leaves a
 * thread that fails at the start running and throws its other failures where nobody can catch them;
 * this keeps hold of the thread. What it prints is dropped: it may come from a picture.
 */
export class TesseractThread {
  /** Its two streams are kept apart and never read: reading them would keep the process alive. */
  readonly #worker = new Worker(script, { stdout: true, stderr: true, execArgv: [], env: {} })
  readonly #waiting = new Map<string, Waiting>()
  #jobs = 0
  #hasEnded = false

  constructor() {
    this.#worker.on('message', (answer: Answer) => this.#settle(answer))
    this.#worker.on('error', () => this.#end('failed'))
    this.#worker.on('exit', () => this.#end('closed'))
    this.#worker.unref()
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Loads the recogniser and the English letter shapes from node_modules; no file is written. */
  async start(): Promise<void> {
    await this.run('load', { options: { lstmOnly: true, corePath: undefined, logging: false } })
    await this.run('loadLanguage', {
      langs: ['eng'],
      options: { langPath: languageFolder, cacheMethod: 'none', gzip: true, lstmOnly: true },
    })
    const lstmOnly = 1
    await this.run('initialize', { langs: ['eng'], oem: lstmOnly, config })
  }

  /** One action of tesseract.js's worker script; rejects with `TextReaderError` alone. */
  run(action: string, payload: unknown): Promise<unknown> {
    if (this.#hasEnded) return Promise.reject(new TextReaderError('closed'))
    const jobId = `job-${++this.#jobs}`
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(jobId, { resolve, reject })
    })
    this.#worker.ref()
    this.#worker.postMessage({ workerId: 'reader', jobId, action, payload })
    return answer
  }

  async terminate(reason: TextReaderError['reason'] = 'closed'): Promise<void> {
    this.#end(reason)
    await this.#worker.terminate()
  }

  #settle({ jobId, status, data }: Answer): void {
    const waiting = this.#waiting.get(jobId)
    if (status === 'progress' || !waiting) return
    this.#waiting.delete(jobId)
    if (this.#waiting.size === 0) this.#worker.unref()
    if (status === 'resolve') waiting.resolve(data)
    else waiting.reject(new TextReaderError('failed'))
  }

  #end(reason: TextReaderError['reason']): void {
    this.#hasEnded = true
    for (const { reject } of this.#waiting.values()) reject(new TextReaderError(reason))
    this.#waiting.clear()
  }
}

/** Names and numbers are no dictionary words: the letters alone decide. */
const config = {
  load_system_dawg: '0',
  load_freq_dawg: '0',
  debug_file: '/dev/null',
  user_defined_dpi: '150',
}

import { TesseractThread } from './tesseract-thread.ts'
import {
  type InkImage,
  type ReadWord,
  type TextLayout,
  type TextReader,
  TextReaderError,
} from './text-reader.ts'

const pageSegmentationModes: Record<TextLayout, string> = { line: '7', scattered: '11' }

export interface TesseractReaderOptions {
  /** A reading that takes longer ends the thread; the next one starts another. */
  readonly limitMs?: number
  readonly startLimitMs?: number
  /** Time without a reading after which the thread, and its 100 MB, are given back. */
  readonly idleMs?: number
}

/**
 * Tesseract in a thread of its own, which starts at the first reading and ends when idle. Readings
 * wait for each other. Works from the main thread as from a worker thread; one for a process is
 * enough.
 */
export class TesseractReader implements TextReader {
  readonly #limitMs: number
  readonly #startLimitMs: number
  readonly #idleMs: number
  #thread: { readonly thread: TesseractThread; readonly started: Promise<void> } | undefined
  #queue: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #idleTimer: NodeJS.Timeout | undefined

  constructor({
    limitMs = 15_000,
    startLimitMs = 60_000,
    idleMs = 30_000,
  }: TesseractReaderOptions = {}) {
    this.#limitMs = limitMs
    this.#startLimitMs = startLimitMs
    this.#idleMs = idleMs
  }

  async open(): Promise<void> {
    await this.#inTurn(() => this.#open())
  }

  read(
    image: InkImage,
    layout: TextLayout = 'line',
  ): Promise<{ readonly words: readonly ReadWord[] }> {
    return this.#inTurn(async () => {
      const thread = await this.#open()
      const page = await this.#within(this.#limitMs, thread, () =>
        thread.run('recognize', {
          image: portableGreyMap(image),
          options: { tessedit_pageseg_mode: pageSegmentationModes[layout] },
          output: { text: false, blocks: true },
        }),
      )
      return { words: wordsOf(page as RecognizedPage) }
    })
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer)
    const held = this.#thread
    this.#thread = undefined
    await held?.thread.terminate()
  }

  async #open(): Promise<TesseractThread> {
    if (!this.#thread || this.#thread.thread.hasEnded) {
      const thread = new TesseractThread()
      this.#thread = {
        thread,
        started: this.#within(this.#startLimitMs, thread, () => thread.start()),
      }
    }
    const { thread, started } = this.#thread
    try {
      await started
    } catch (cause) {
      throw new TextReaderError('not-started', { cause })
    }
    return thread
  }

  async #within<T>(limitMs: number, thread: TesseractThread, act: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => void thread.terminate('took-too-long'), limitMs)
    try {
      return await act()
    } catch (error) {
      await thread.terminate()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  async #inTurn<T>(act: () => Promise<T>): Promise<T> {
    clearTimeout(this.#idleTimer)
    this.#waiting++
    const turn = this.#queue.then(act)
    this.#queue = turn.then(ignore, ignore) // the caller holds `turn`, which carries the failure
    try {
      return await turn
    } finally {
      if (--this.#waiting === 0) this.#closeWhenIdle()
    }
  }

  #closeWhenIdle(): void {
    this.#idleTimer = setTimeout(() => void this.close(), this.#idleMs)
    this.#idleTimer.unref()
  }
}

/** What tesseract.js answers with, as far as it is used here. */
interface RecognizedPage {
  readonly blocks:
    | readonly { readonly paragraphs: readonly { readonly lines: readonly Line[] }[] }[]
    | null
}

interface Line {
  readonly words: readonly {
    readonly text: string
    readonly confidence: number
    readonly bbox: {
      readonly x0: number
      readonly y0: number
      readonly x1: number
      readonly y1: number
    }
  }[]
}

function wordsOf({ blocks }: RecognizedPage): ReadWord[] {
  if (!Array.isArray(blocks ?? [])) throw new TextReaderError('failed')
  return (blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .flatMap(({ words }) => words)
    .map(({ text, confidence, bbox: { x0, y0, x1, y1 } }) => ({
      text,
      confidence,
      box: [x0, y0, x1 - 1, y1 - 1] as const,
    }))
}

/** The plainest of the formats that Tesseract opens: a head of three numbers, then the pixels. */
function portableGreyMap({ columns, rows, values }: InkImage): Uint8Array {
  return Buffer.concat([Buffer.from(`P5\n${columns} ${rows}\n255\n`, 'latin1'), values])
}

function ignore(): void {}

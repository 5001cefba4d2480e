import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { TesseractReader } from './tesseract-reader.ts'
import { drawText } from './test-support/draw-text.ts'
import { type InkImage, TextReaderError } from './text-reader.ts'

/** That of the reader where nothing else is said. */
const idleMs = 30_000

function writing(text: string): InkImage {
  const columns = text.length * 24 + 24
  const image = { columns, rows: 48, values: new Uint8Array(columns * 48).fill(255) }
  drawText(image, { text, x: 12, y: 10, height: 28, value: 0, isSmooth: true })
  return image
}

describe('TesseractReader', () => {
  const readers: TesseractReader[] = []
  const open = (options?: ConstructorParameters<typeof TesseractReader>[0]) => {
    const reader = new TesseractReader(options)
    readers.push(reader)
    return reader
  }
  afterEach(() => Promise.all(readers.splice(0).map((reader) => reader.close())))

  it('[PRIV-2] reads a line, and tells where its words are', async () => {
    const { words } = await open().read(writing('4471882 1952'))
    expect(words.map(({ text }) => text)).toEqual(['4471882', '1952'])
    expect(Math.min(...words.map(({ confidence }) => confidence))).toBeGreaterThan(80)
    const [x0, y0, x1, y1] = words[0]!.box
    expect(Math.abs(x0 - 12) + Math.abs(x1 - 176)).toBeLessThan(14)
    expect(Math.abs(y0 - 10) + Math.abs(y1 - 37)).toBeLessThan(8)
  })

  it('[PRIV-2] answers readings that were asked for at once in their order', async () => {
    const reader = open()
    const numbers = ['4471882', '1952714', '1147714']
    const answers = await Promise.all(numbers.map((number) => reader.read(writing(number))))
    expect(answers.map(({ words }) => words[0]?.text)).toEqual(numbers)
  })

  it('[PRIV-2] is not sure of any word on white', async () => {
    const white = { columns: 80, rows: 40, values: new Uint8Array(3200).fill(255) }
    const { words } = await open().read(white)
    expect(words.filter(({ confidence }) => confidence > 50)).toEqual([])
  })

  it('[PRIV-2] ends each reading that takes too long, and starts anew for the next one', async () => {
    const reader = open({ limitMs: 1 })
    for (let time = 0; time < 2; time++) {
      const late = await reader.read(writing('4471882')).catch((error: unknown) => error)
      expect(late).toMatchObject({ name: 'TextReaderError', reason: 'took-too-long' })
    }
  })

  it('[PRIV-2] says that it did not start, and no more', async () => {
    const late = await open({ startLimitMs: 1 })
      .read(writing('4471882'))
      .catch((error: unknown) => error)
    expect(late).toBeInstanceOf(TextReaderError)
    expect(String(late)).toBe('TextReaderError: The reader of text in pictures: not-started.')
  })

  it('[PRIV-2] rejects what it was asked when it is closed, and may be opened again', async () => {
    const reader = open()
    await reader.open()
    const asked = reader.read(writing('OKONKWO 4471882')).catch((error: unknown) => error)
    await new Promise((resolve) => setImmediate(resolve))
    await reader.close()
    expect(await asked).toMatchObject({ name: 'TextReaderError', reason: 'closed' })
    expect((await reader.read(writing('4471882'))).words).toHaveLength(1)
  })

  it('[PRIV-2] runs in any folder and thread, writes no file and lets its process end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'caseroom-reader-'))
    try {
      const startMs = performance.now()
      const module = new URL('./tesseract-reader.ts', import.meta.url).href
      const { columns, rows, values } = writing('4471882')
      const program = `
        const { parentPort, workerData } = require('node:worker_threads')
        import(${JSON.stringify(module)}).then(async ({ TesseractReader }) => {
          const { words } = await new TesseractReader().read(workerData)
          parentPort.postMessage(words.map(({ text }) => text))
        })`
      const thread = `
        const { Worker } = require('node:worker_threads')
        process.chdir(${JSON.stringify(folder)})
        new Worker(${JSON.stringify(program)}, { eval: true, workerData: {
          columns: ${columns}, rows: ${rows},
          values: new Uint8Array(Buffer.from('${Buffer.from(values).toString('base64')}', 'base64')),
        } }).on('message', (words) => console.log(words.join()))`
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', thread])
      expect(stdout).toBe('4471882\n')
      expect(readdirSync(folder)).toEqual([])
      expect(performance.now() - startMs).toBeLessThan(idleMs)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

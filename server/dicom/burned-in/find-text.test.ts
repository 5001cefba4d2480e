import { afterAll, describe, expect, it } from 'vitest'
import { bodyArea } from './body.ts'
import { findText } from './find-text.ts'
import { maskFor } from './mask.ts'
import type { Picture } from './picture.ts'
import { TesseractReader } from './tesseract-reader.ts'
import { drawText, type Lettering } from './test-support/draw-text.ts'
import { seeded, slicePhantom } from './test-support/phantom.ts'
import { type TextReader, TextReaderError } from './text-reader.ts'

const reader = new TesseractReader()
afterAll(() => reader.close())

const name = 'OKONKWO 4471882'

interface Drawn {
  readonly picture: Picture
  /** Indices of the pixels that the text changed. */
  readonly ink: readonly number[]
}

/** A slice of 512 × 512 with that text; `noise` is added to all of it, as a lossy codec does. */
function slice(lettering: Omit<Lettering, 'text'>, noise = 0): Drawn {
  const clean = slicePhantom(512, 512)
  const picture = { ...clean, values: clean.values.slice() }
  drawText(picture, { text: name, ...lettering })
  const ink = [...picture.values.keys()].filter((i) => picture.values[i] !== clean.values[i])
  const random = seeded(5)
  for (let i = 0; noise > 0 && i < picture.values.length; i++) {
    picture.values[i] = picture.values[i]! + Math.round((random() - 0.5) * 2 * noise)
  }
  return { picture, ink }
}

/** The part of the text's pixels that no mask hides, and whether a person is asked. */
async function outcome({ picture, ink }: Drawn) {
  const { masks, quarantine } = maskFor([await findText(picture, reader)], picture)
  const boxes = masks.get(0) ?? []
  const isHidden = (i: number) => {
    const x = i % picture.columns
    const y = Math.floor(i / picture.columns)
    return boxes.some(([x0, y0, x1, y1]) => x >= x0 && x <= x1 && y >= y0 && y <= y1)
  }
  return { open: ink.filter((i) => !isHidden(i)).length / ink.length, quarantine }
}

const hidden = { open: 0, quarantine: false }

describe('findText', () => {
  it('[PRIV-2] finds nothing in a slice without text', async () => {
    expect((await findText(slicePhantom(512, 512), reader)).findings).toEqual([])
  })

  it('[PRIV-2] finds nothing where all pixels are one value, and in very small pictures', async () => {
    for (const columns of [1, 4, 8, 33, 64]) {
      const values = new Float32Array(columns * columns).fill(7)
      const text = await findText({ columns, rows: columns, values }, reader)
      expect(text).toEqual({ findings: [], doubtful: [], body: undefined })
    }
  })

  const heights = [7, 8, 9, 10, 12, 14, 18, 22, 28]
  it.each(heights)('[PRIV-2] hides all of a line of %i pixels beside the body', async (height) => {
    for (const isSmooth of [false, true]) {
      expect(await outcome(slice({ x: 8, y: 8, height, value: 1500, isSmooth }))).toEqual(hidden)
    }
  })

  it.each([36, 48, 60])('[PRIV-2] hides all of large letters of %i pixels', async (height) => {
    const drawn = slice({ text: '4471882', x: 8, y: 8, height, value: 1500 } as Lettering)
    expect(await outcome(drawn)).toEqual(hidden)
  })

  it.each([
    ['bright', 2500],
    ['grey', 500],
    ['dark', -1000],
  ])(
    '[PRIV-2] hides a %s line over the body, with a person asked or without',
    async (_tone, value) => {
      for (const height of [10, 14, 18]) {
        expect((await outcome(slice({ x: 150, y: 300, height, value }))).open).toBe(0)
      }
    },
  )

  it('[PRIV-2] hides lines that a lossy codec has roughened', async () => {
    for (const height of [8, 12, 18]) {
      expect(await outcome(slice({ x: 8, y: 8, height, value: 1500, isSmooth: true }, 80))).toEqual(
        hidden,
      )
    }
  })

  it.each([90, 270] as const)('[PRIV-2] hides a line that is turned by %i°', async (turn) => {
    for (const height of [14, 18]) {
      expect(await outcome(slice({ x: 8, y: 100, height, value: 1500, turn }))).toEqual(hidden)
    }
  })

  it('[PRIV-2] tells text beside the body from text on it', async () => {
    const beside = await findText(slice({ x: 8, y: 8, height: 14, value: 1500 }).picture, reader)
    const over = await findText(slice({ x: 150, y: 300, height: 14, value: 1500 }).picture, reader)
    expect(new Set(beside.findings.map(({ isOutsideBody }) => isOutsideBody))).toEqual(
      new Set([true]),
    )
    expect(new Set(over.findings.map(({ isOutsideBody }) => isOutsideBody))).toEqual(
      new Set([false]),
    )
    expect(bodyArea(over.body!)).toBeGreaterThan(50_000)
  })

  it('[PRIV-2] answers with places alone', async () => {
    const { picture } = slice({ x: 8, y: 8, height: 14, value: 1500 })
    const text = await findText(picture, reader)
    expect(text.findings.length).toBeGreaterThan(0)
    expect(JSON.stringify(text)).not.toMatch(/OKON|4471/)
  })

  it('[PRIV-2] takes a line that the reader failed to read for text', async () => {
    const failing: TextReader = {
      open: async () => {},
      read: () => Promise.reject(new TextReaderError('took-too-long')),
      close: async () => {},
    }
    const { picture } = slice({ x: 150, y: 300, height: 14, value: 1500 })
    const text = await findText(picture, failing)
    expect(new Set(text.findings.map(({ kind }) => kind))).toEqual(new Set(['unreadable']))
    expect(maskFor([text], picture).quarantine).toBe(true)
  })

  it('[PRIV-2] finds no text, and says so, where the reader does not start', async () => {
    const impatient = new TesseractReader({ startLimitMs: 1 })
    const { picture } = slice({ x: 8, y: 8, height: 14, value: 1500 })
    await expect(findText(picture, impatient)).rejects.toMatchObject({ reason: 'not-started' })
    await impatient.close()
  })
})

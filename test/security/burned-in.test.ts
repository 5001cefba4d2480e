import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bodyAreaIn, bodyOf } from '../../server/dicom/burned-in/body.ts'
import type { Box } from '../../server/dicom/burned-in/box.ts'
import { findText, type PictureText } from '../../server/dicom/burned-in/find-text.ts'
import { maskFor } from '../../server/dicom/burned-in/mask.ts'
import type { Picture } from '../../server/dicom/burned-in/picture.ts'
import { TesseractReader } from '../../server/dicom/burned-in/tesseract-reader.ts'
import { decodePictures } from '../../server/dicom/decode/test-support/picture-file.ts'
import { testFiles } from '../support/test-data.ts'

const reader = new TesseractReader({ limitMs: 60_000 })
const counts: string[] = []
afterAll(async () => {
  await reader.close()
  process.stdout.write(`\n${counts.join('\n')}\n\n`)
})

/** All frames of a file; of those in colour the luminance. */
async function pictures(path: string): Promise<Picture[]> {
  const decoded = await decodePictures(readFileSync(path))
  return decoded.map((picture) => {
    const { columns, rows } = picture
    if (picture.kind === 'grey') return { columns, rows, values: picture.values }
    const { rgba } = picture
    const values = Uint8Array.from({ length: columns * rows }, (_, i) =>
      Math.round(0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!),
    )
    return { columns, rows, values }
  })
}

/** What a person would see in the slice: its values from `low` to `high` as dark ink on white. */
async function wordsIn({ columns, rows, values }: Picture, low: number, high: number) {
  const ink = new Uint8Array(4 * columns * rows)
  for (let y = 0; y < 2 * rows; y++) {
    for (let x = 0; x < 2 * columns; x++) {
      const part = (values[(y >> 1) * columns + (x >> 1)]! - low) / (high - low)
      ink[y * 2 * columns + x] = 255 - 255 * Math.min(1, Math.max(0, part))
    }
  }
  const image = { columns: 2 * columns, rows: 2 * rows, values: ink }
  const { words } = await reader.read(image, 'scattered')
  return words.map(({ text }) => text.toLowerCase())
}

function masked(picture: Picture, boxes: readonly Box[]): Picture {
  const values = picture.values.slice()
  let least = Number.POSITIVE_INFINITY
  for (const value of values) least = Math.min(least, value)
  for (const [x0, y0, x1, y1] of boxes) {
    for (let y = y0; y <= y1; y++) {
      values.fill(least, y * picture.columns + x0, y * picture.columns + x1 + 1)
    }
  }
  return { ...picture, values }
}

describe('planted text in the pixels', () => {
  const planted = ['Okonkwo_03.dcm', 'Okonkwo_04.dcm', 'Okonkwo_08.dcm']
  const plantedWords = /okonk|lindq|maren|dob|1952|4471/
  /** The box of the manifest, and the value that the text was drawn in. */
  const [x0, y0, x1, y1] = [11, 11, 222, 40]
  const ink = 1104

  it('[PRIV-2] is found in each slice that has some, hidden to the last pixel, and in no other', async () => {
    const slices = (await Promise.all(testFiles('deid/burned-in').map(pictures))).flat()
    const texts: PictureText[] = []
    for (const slice of slices) texts.push(await findText(slice, reader))
    const { masks, quarantine, slicesWithText } = maskFor(texts, slices[0]!)
    const names = testFiles('deid/burned-in').map((path) => basename(path))
    expect([...masks.keys()].map((index) => names[index])).toEqual(planted)
    expect({ quarantine, slicesWithText }).toEqual({ quarantine: false, slicesWithText: 3 })
    expect(JSON.stringify(texts.map(({ findings }) => findings)).toLowerCase()).not.toMatch(
      plantedWords,
    )

    for (const [index, boxes] of masks) {
      const slice = slices[index]!
      expect(await wordsIn(slice, 0, ink).then((words) => words.join(' '))).toMatch(plantedWords)
      const hidden = masked(slice, boxes)
      for (let y = y0; y <= y1; y++) {
        const row = hidden.values.subarray(y * slice.columns + x0, y * slice.columns + x1 + 1)
        expect(row.includes(ink)).toBe(false)
      }
      expect((await wordsIn(hidden, 0, ink)).join(' ')).not.toMatch(plantedWords)
      const body = bodyOf(slice)
      expect(boxes.reduce((sum, box) => sum + bodyAreaIn(body, box), 0)).toBe(0)
    }
  }, 120_000)

  it('[PRIV-2] is not seen in the series without any', async () => {
    for (const path of testFiles('deid/header')) {
      for (const slice of await pictures(path)) {
        expect((await findText(slice, reader)).findings, basename(path)).toEqual([])
      }
    }
  }, 120_000)
})

describe('series without text', () => {
  it.each([
    'dicom/ct-duplicate-slice',
    'dicom/ct-gantry-tilt-16.5',
    'dicom/ct-headphantom-1mm',
    'dicom/ct-missing-slice',
    'dicom/ct-mixed-rescale',
    'dicom/ct-nonuniform-spacing',
    'dicom/ct-two-orientations',
    'dicom/enhanced',
    'dicom/mr-t1-decubitus-HFDL',
    'dicom/mr-t1-sagittal-studyforrest',
    'dicom/odd-gantrytilting',
    'dicom/odd-notavolume',
    'dicom/odd-sliceincrement',
    'dicom/petct-lung-acrin042/ct',
    'dicom/petct-lung-acrin042/pt-ac',
    'seg/ct-3slice',
    'transfer-syntaxes/ct-derived',
  ])(
    '[PRIV-2] %s: nothing is taken for text',
    async (folder) => {
      const found: string[] = []
      let [slices, doubtful] = [0, 0]
      for (const path of testFiles(folder).filter((name) => name.endsWith('.dcm'))) {
        for (const picture of await pictures(path)) {
          const text = await findText(picture, reader)
          slices++
          doubtful += text.doubtful.length
          found.push(...text.findings.map(({ kind, box }) => `${basename(path)} ${kind} ${box}`))
        }
      }
      counts.push(`${folder}: ${slices} slices, ${(doubtful / slices).toFixed(2)} doubtful each`)
      expect(slices).toBeGreaterThan(2)
      expect(found).toEqual([])
    },
    300_000,
  )
})

describe('ultrasound with text in its banners', () => {
  const hiddenIn = async (path: string) => {
    const frames = await pictures(path)
    const texts: PictureText[] = []
    for (const frame of frames) texts.push(await findText(frame, reader))
    return { frames, ...maskFor(texts, frames[0]!) }
  }
  const us = (name: string) => testFiles('dicom/us').find((path) => path.endsWith(name))!

  it('[PRIV-2] no name, number or place can be read any more', async () => {
    const { frames, masks, quarantine } = await hiddenIn(us('us-rgb-burned-in-text.dcm'))
    expect(quarantine).toBe(false)
    const shown = /baptist|med|ctr|630|78f|44c|mscskel|cine|0118|22g|78dr|lymph|node/
    expect((await wordsIn(frames[0]!, 0, 255)).join(' ')).toMatch(shown)
    const hidden = masked(frames[0]!, masks.get(0)!)
    expect((await wordsIn(hidden, 0, 255)).join(' ')).not.toMatch(shown)
  }, 120_000)

  it('[PRIV-2] a grey banner loses its institution, date and time', async () => {
    const { frames, masks, quarantine } = await hiddenIn(us('us-palette-2frame-burned-in.dcm'))
    expect(quarantine).toBe(false)
    const shown = /philips|healthcare|2011|11-05|142825|2:56|gen|hgen/
    expect((await wordsIn(frames[0]!, 0, 255)).join(' ')).toMatch(shown)
    const hidden = masked(frames[0]!, masks.get(0)!)
    expect((await wordsIn(hidden, 0, 255)).join(' ')).not.toMatch(shown)
  }, 120_000)

  it('[PRIV-2] a cine is masked in every frame', async () => {
    const { frames, masks } = await hiddenIn(us('us-ybr-jpeg-30frame.dcm'))
    expect(frames).toHaveLength(30)
    expect([...masks.keys()]).toEqual(frames.map((_, index) => index))
  }, 120_000)
})

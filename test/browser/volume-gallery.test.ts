import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Gallery, openGallery, sampleNames } from './pages/volume/gallery.ts'
import { keptFolder, keptPicture, writeDifference } from './pages/volume/kept-picture.ts'
import { halved, meanDifference, psnrDb } from './pages/volume/likeness.ts'
import { Pixels } from './pages/volume/open-volume-page.ts'

/**
 * At half size. WebP alone leaves 41 dB and another rasteriser (SwiftShader beside llvmpipe) 39 dB
 * at the worst, with means 0.3 apart; another anatomy, colour or side must not pass.
 */
const leastDb = 36
const mostMeanDifference = 1

interface Likeness {
  readonly db: number
  readonly mean: number
  readonly alike: boolean
}

function likenessOf(picture: Pixels, kept: Pixels): Likeness {
  const db = psnrDb(halved(picture.rgba, picture.width), halved(kept.rgba, kept.width))
  const mean = Math.max(...meanDifference(picture.rgba, kept.rgba).map(Math.abs))
  return { db, mean, alike: db >= leastDb && mean <= mostMeanDifference }
}

let gallery: Gallery
beforeAll(async () => {
  gallery = await openGallery()
})
afterAll(() => gallery?.close())

const differences = join(tmpdir(), 'caseroom-volume-gallery')
const compared = new Set<string>()

for (const sample of sampleNames) {
  it(`[CASE-3] ${sample} looks as it was kept, in every preset and from both sides`, async () => {
    const faults: string[] = []
    for await (const { name, picture } of gallery.pictures(sample)) {
      const kept = await keptPicture(gallery.page.page, name)
      const { db, mean, alike } = likenessOf(picture, kept)
      compared.add(`${name}.webp`)
      if (alike) continue
      writeDifference(differences, name, picture, kept)
      faults.push(`${name}: ${db.toFixed(1)} dB, mean ${mean.toFixed(1)}: see ${differences}`)
    }
    expect(faults).toEqual([])
  })
}

it('a picture of the same chest, mirrored, is not taken for it', async () => {
  const kept = await keptPicture(gallery.page.page, 'ct-chest-ct-bone-front')
  const mirrored = Buffer.alloc(kept.rgba.length)
  for (let pixel = 0; pixel < mirrored.length / 4; pixel++) {
    const x = pixel % kept.width
    const from = 4 * (pixel - x + kept.width - 1 - x)
    mirrored.set(kept.rgba.subarray(from, from + 4), 4 * pixel)
  }
  const { width, height } = kept
  const other = new Pixels({ width, height, base64: mirrored.toString('base64') })
  expect(likenessOf(other, kept).alike).toBe(false)
  expect(likenessOf(kept, kept).alike).toBe(true)
})

it('every picture that is kept is of a preset that there is', () => {
  expect(readdirSync(keptFolder).sort()).toEqual([...compared].sort())
})

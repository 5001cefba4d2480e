import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Gallery, openGallery, sampleNames } from './pages/volume/gallery.ts'
import { keptFolder, keptPicture, writeDifference } from './pages/volume/kept-picture.ts'
import { meanDifference, psnrDb } from './pages/volume/likeness.ts'

/** Another rasteriser, and WebP, must pass; another anatomy, colour or side must not. */
const leastDb = 34
const mostMeanDifference = 2

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
      const db = psnrDb(picture.rgba, kept.rgba)
      const mean = Math.max(...meanDifference(picture.rgba, kept.rgba).map(Math.abs))
      compared.add(`${name}.webp`)
      if (db >= leastDb && mean <= mostMeanDifference) continue
      writeDifference(differences, name, picture, kept)
      faults.push(`${name}: ${db.toFixed(1)} dB, mean ${mean.toFixed(1)}: see ${differences}`)
    }
    expect(faults).toEqual([])
  })
}

it('every picture that is kept is of a preset that there is', () => {
  expect(readdirSync(keptFolder).sort()).toEqual([...compared].sort())
})

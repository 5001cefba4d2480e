import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openGallery, sampleNames } from './pages/volume/gallery.ts'
import { keepPicture, keptFolder, writePicture } from './pages/volume/kept-picture.ts'

/**
 * `node test/browser/volume-gallery-references.ts [FOLDER]`: draws every preset on every sample
 * volume of its modality and keeps the pictures that later ones are compared with; in FOLDER also
 * as PNG, to be looked at. Whoever keeps new ones has looked at them.
 */
const folder = process.argv[2]
if (folder) mkdirSync(folder, { recursive: true })
if (existsSync(keptFolder)) rmSync(keptFolder, { recursive: true })
const gallery = await openGallery()
try {
  let [count, bytes] = [0, 0]
  for (const sample of sampleNames) {
    for await (const { name, picture } of gallery.pictures(sample)) {
      bytes += await keepPicture(gallery.page.page, name, picture)
      count++
      if (folder) writePicture(join(folder, `${name}.png`), picture.rgba, picture)
    }
  }
  process.stdout.write(`${count} pictures, ${(bytes / 1e6).toFixed(2)} MB\n`)
} finally {
  await gallery.close()
}

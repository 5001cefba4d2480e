import { writeFileSync } from 'node:fs'
import { spread } from '../statistics.ts'
import { frameMs, lean, likenessOf, loadMarch, readsAtDegrees, readsOf } from './caseroom.ts'
import { caseById, cases } from './cases.ts'
import { viewOf } from './views.ts'
import { openVoxelPage } from './voxel-page.ts'

/**
 * `node load-tests/render/quick.ts CASE [SIZE [PNG]]`: one case, Caseroom alone, in half a minute.
 * With a third argument the picture is written there.
 */
const [id = '', sizeText = '256', file] = process.argv.slice(2)
const size = Number(sizeText)
if (!cases.some((one) => one.id === id) || !(size > 0)) {
  const known = cases.map((one) => one.id).join(', ')
  process.stderr.write(`quick.ts CASE [SIZE [PNG]]; CASE is one of ${known}\n`)
  process.exit(2)
}
const { name, volume: make, knots, aims } = caseById(id)
const volume = await make()
const page = await openVoxelPage()
try {
  const scene = { page, volume, knots, size, voxelsUrl: page.offer(volume) }
  const reads = await readsOf(scene, lean, readsAtDegrees)
  const { leanDb, plainDb } = await likenessOf(scene, readsAtDegrees)
  await loadMarch(scene, lean)
  await frameMs(scene, 10)
  const ms: number[] = []
  for (const degrees of [0, 23, 43, 63, 83]) ms.push(await frameMs(scene, degrees))
  process.stdout.write(
    `${name}, ${size}²: ${reads.toFixed(1)} reads a pixel (≤ ${aims.readsPerPixel}), ` +
      `${spread(ms, 0)} ms, ${leanDb.toFixed(2)} dB, plain ${plainDb.toFixed(2)} dB, ` +
      `lost ${(plainDb - leanDb).toFixed(2)} dB (≤ ${aims.lossDb})\n`,
  )
  if (file) {
    await page.draw(viewOf(volume, readsAtDegrees), size)
    const png = await page.page.evaluate(() => document.querySelector('canvas')?.toDataURL() ?? '')
    writeFileSync(file, Buffer.from(png.split(',')[1] ?? '', 'base64'))
  }
} finally {
  await page.close()
}

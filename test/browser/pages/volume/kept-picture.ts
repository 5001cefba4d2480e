import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import type { Page } from 'playwright-core'
import { Pixels } from './open-volume-page.ts'

export const keptFolder = join(import.meta.dirname, '../../../fixtures/volume-pictures')
const webpQuality = 0.9

/** Keeps a picture as WebP, encoded by the browser. */
export async function keepPicture(page: Page, name: string, picture: Pixels): Promise<number> {
  const url = await page.evaluate(
    ([width, height, base64, quality]) => {
      const canvas = new OffscreenCanvas(width, height)
      const bytes = Uint8ClampedArray.from(atob(base64), (letter) => letter.charCodeAt(0))
      canvas.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
      return canvas.convertToBlob({ type: 'image/webp', quality }).then(
        (blob) =>
          new Promise<string>((resolve) => {
            const reader = new FileReader()
            reader.onload = () => resolve(String(reader.result))
            reader.readAsDataURL(blob)
          }),
      )
    },
    [
      picture.width,
      picture.height,
      Buffer.from(picture.rgba).toString('base64'),
      webpQuality,
    ] as const,
  )
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64')
  mkdirSync(keptFolder, { recursive: true })
  writeFileSync(join(keptFolder, `${name}.webp`), bytes)
  return bytes.length
}

/** The kept picture, decoded by the browser; throws where none was kept. */
export async function keptPicture(page: Page, name: string): Promise<Pixels> {
  const webp = readFileSync(join(keptFolder, `${name}.webp`)).toString('base64')
  const decoded = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/webp' }))
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const rgba = context?.getImageData(0, 0, width, height).data ?? new Uint8ClampedArray()
    let text = ''
    for (let at = 0; at < rgba.length; at += 8192) {
      text += String.fromCharCode(...rgba.subarray(at, at + 8192))
    }
    return { width, height, base64: btoa(text) }
  }, webp)
  return new Pixels(decoded)
}

/** A picture and what differs from it (four times as strong), as PNG, for whoever must look. */
export function writeDifference(folder: string, name: string, picture: Pixels, kept: Pixels): void {
  mkdirSync(folder, { recursive: true })
  const difference = picture.rgba.map((value, n) =>
    n % 4 === 3 ? 255 : Math.min(255, 4 * Math.abs(value - (kept.rgba[n] ?? 0))),
  )
  writePicture(join(folder, `${name}.png`), picture.rgba, picture)
  writePicture(join(folder, `${name}-difference.png`), difference, picture)
}

export const writePicture = (
  file: string,
  rgba: Uint8Array,
  { width, height }: { width: number; height: number },
): void => {
  writeFileSync(file, encode({ width, height, data: Uint8Array.from(rgba), channels: 4 }))
}

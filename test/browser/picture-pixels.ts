import type { Locator, Page } from 'playwright-core'

/** A picture as its pixels: RGBA, row by row from the top left. */
export interface PicturePixels {
  readonly width: number
  readonly height: number
  readonly data: Buffer
}

/** A PNG taken apart by the browser that a page is in. */
export async function pixelsOf(page: Page, png: Buffer): Promise<PicturePixels> {
  const { width, height, data } = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const rgba = context?.getImageData(0, 0, width, height).data ?? []
    let binary = ''
    for (const byte of rgba) binary += String.fromCharCode(byte)
    return { width, height, data: btoa(binary) }
  }, png.toString('base64'))
  return { width, height, data: Buffer.from(data, 'base64') }
}

/** Of a canvas that was painted on in two dimensions, as a slice's is. */
export async function paintedOn(canvas: Locator): Promise<PicturePixels> {
  const { width, height, data } = await canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement
    const context = (element as HTMLCanvasElement).getContext('2d')
    let binary = ''
    for (const byte of context?.getImageData(0, 0, width, height).data ?? []) {
      binary += String.fromCharCode(byte)
    }
    return { width, height, data: btoa(binary) }
  })
  return { width, height, data: Buffer.from(data, 'base64') }
}

export type Rgb = readonly [r: number, g: number, b: number]

/** How many pixels are so, and the mean place of those. */
export function pixelsThatAre(
  { width, height, data }: PicturePixels,
  so: (rgb: Rgb, x: number, y: number) => boolean,
): { count: number; x: number; y: number } {
  let [count, sumX, sumY] = [0, 0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x)
      if (!so([data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0], x, y)) continue
      count++
      sumX += x
      sumY += y
    }
  }
  return { count, x: sumX / count, y: sumY / count }
}

/** The mean of how far two pictures of one size are apart, 0…255. */
export function meanDifference(a: PicturePixels, b: PicturePixels): number {
  if (a.width !== b.width || a.height !== b.height) throw new Error('two sizes')
  let sum = 0
  for (let at = 0; at < a.data.length; at++) sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0))
  return (4 * sum) / (3 * a.data.length)
}

/** Each pixel as much of the one as of the other. */
export function halfOfEach(a: PicturePixels, b: PicturePixels): PicturePixels {
  const data = Buffer.from(a.data.map((value, at) => (value + (b.data[at] ?? 0)) / 2))
  return { width: a.width, height: a.height, data }
}

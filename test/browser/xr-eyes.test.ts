import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { pictureOf } from './conference-person.ts'
import { type Headset, XrHouse } from './headset.ts'

let house: XrHouse

beforeAll(async () => {
  house = await XrHouse.open()
})
afterAll(() => house?.close())

/** Pixels with the colours of tissue in each half of a part of a picture, 0…1 across it. */
function tissueIn(
  page: Page,
  picture: Buffer,
  [from, to]: readonly [number, number],
): Promise<{ left: number; right: number }> {
  return page.evaluate(
    async ({ base64, from, to }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const { width, height } = bitmap
      const context = new OffscreenCanvas(width, height).getContext('2d')
      context?.drawImage(bitmap, 0, 0)
      const pixels = context?.getImageData(0, 0, width, height).data ?? []
      const found = { left: 0, right: 0 }
      for (let y = 0; y < height; y++) {
        for (let x = Math.ceil(from * width); x < to * width; x++) {
          const at = 4 * (y * width + x)
          if ((pixels[at] ?? 0) < (pixels[at + 2] ?? 0) + 40) continue
          if (x / width < (from + to) / 2) found.left++
          else found.right++
        }
      }
      return found
    },
    { base64: picture.toString('base64'), from, to },
  )
}

const key = async (wearer: Headset, pressed: string) => {
  await wearer.page.getByTestId('volume').focus()
  await wearer.page.keyboard.press(pressed)
}

it('[CASE-1] left is left in both eyes: what is kept of the patient’s left is on the right', async () => {
  const wearer = await house.wearer('attending', 'Dr Ada Lead')
  await until('she leads', async () => (await house.state()).presenterId)
  await pictureOf(wearer.page)
  await key(wearer, 'Shift+S')
  const [plane] = await until('a sagittal cut', async () => {
    const planes = Object.values((await house.state()).clippingPlanes)
    return planes.length === 1 && planes
  })
  expect(plane?.normal).toEqual([1, 0, 0])
  await wearer.enter()
  await wearer.hand('left', [-0.6, 1, 0.3])
  await wearer.hand('right', [0.6, 1, 0.3])
  await wearer.head([0, 1.4, 0])
  const picture = await until('tissue', async () => {
    const eyes = await wearer.eyes()
    return (await tissueIn(wearer.page, eyes, [0, 1])).right > 500 && eyes
  })
  for (const eye of [
    [0, 0.5],
    [0.5, 1],
  ] as const) {
    const { left, right } = await tissueIn(wearer.page, picture, eye)
    expect(right).toBeGreaterThan(300)
    expect(left).toBeLessThan(right / 5)
  }
  await wearer.end()
  await key(wearer, 'Shift+X')
  await wearer.page.close()
})

it('[AV-3] a headset with a framebuffer of its own is mirrored on the canvas while somebody may watch', async () => {
  const wearer = await house.wearer('attending', 'Dr Rea Lone', { framebuffer: [640, 320] })
  const canvas = wearer.page.getByTestId('volume')
  const tissue = async () => {
    const { left, right } = await tissueIn(wearer.page, await canvas.screenshot(), [0, 1])
    return left + right
  }
  await pictureOf(wearer.page)
  await wearer.enter()
  await wearer.head([0, 1.4, 0.4])
  await until('a canvas left alone', async () => (await tissue()) === 0)
  await wearer.end()
  // wide enough for the button
  await wearer.page.setViewportSize({ width: 1000, height: 420 })
  await wearer.page.getByTestId('share-view').click()
  await until('shared', async () => {
    const pressed = await wearer.page.getByTestId('share-view').getAttribute('aria-pressed')
    return pressed === 'true'
  })
  await wearer.enter()
  await wearer.head([0, 1.4, 0.4])
  await until('the volume on the canvas', async () => (await tissue()) > 300)
  await wearer.head([0, 1.4, 0.4], Math.PI)
  await until('the eye turned away', async () => (await tissue()) === 0)
  await wearer.end()
})

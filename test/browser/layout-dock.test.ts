import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { Headset, XrHouse } from './headset.ts'
import { openPage, join as walkIn } from './ui-page.ts'

const sizes = [
  [480, 300],
  [390, 844],
  [844, 390],
  [1024, 640],
  [1440, 900],
] as const

/** To be looked at. */
const pictures = join(tmpdir(), 'caseroom-layout')

let house: XrHouse
let page: Page
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  house = await XrHouse.open()
  // everybody has a microphone there, a resident a hand to raise, and this one a headset
  const opened = await openPage(
    house.browser,
    house.links.resident,
    { viewport: { width: 1440, height: 900 }, hasTouch: true },
    (page) => Headset.prepare(page),
  )
  page = opened.page
  await walkIn(page, 'Rea Resident')
  await page.getByTestId('enter-vr').waitFor()
})
afterAll(async () => {
  await house?.close()
})

/** What is pressed below or beside the picture: a phone's dock, or a desk's lower right. */
const controls = () => page.locator('.dock button, .desk-controls button')

/** All of it is on the screen, and nothing lies over its middle. */
const inSight = (control: Locator) =>
  control.evaluate((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    const whole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return whole && element.contains(hit)
  })

for (const [width, height] of sizes) {
  describe(`the page at ${width}×${height}`, () => {
    beforeAll(async () => {
      await page.setViewportSize({ width, height })
      const phone = width < 900
      await page.locator(phone ? '.dock' : '.desk-controls').waitFor()
      const close = page.getByRole('button', { name: 'Close the panel' })
      if (await close.isVisible()) await close.click()
      await page.screenshot({ path: join(pictures, `${width}x${height}.png`) })
    })

    it('each control below or beside the picture can be brought into sight and pressed', async () => {
      const all = await controls().all()
      expect(all.length).toBeGreaterThan(2)
      for (const control of all) {
        await control.click({ trial: true, timeout: 5_000 })
        expect(await inSight(control)).toBe(true)
      }
    })

    it('the keyboard brings each of them into sight', async () => {
      for (const control of await controls().all()) {
        await control.focus()
        expect(await inSight(control)).toBe(true)
        await control.blur()
      }
      // the words over the last one would lie over a tool
      await page.getByRole('tooltip').waitFor({ state: 'detached' })
    })

    it('each tool can be brought into sight', async () => {
      for (const tool of await page.getByTestId('tools').locator('button').all()) {
        await tool.scrollIntoViewIfNeeded()
        expect(await inSight(tool)).toBe(true)
      }
    })
  })
}

describe('a low page', () => {
  beforeAll(async () => {
    await page.setViewportSize({ width: 480, height: 300 })
    await page.locator('.dock').waitFor()
  })

  it('a finger pushes the dock, and presses what comes into sight', async () => {
    const dock = page.locator('.dock')
    await dock.evaluate((element) => element.scrollTo(0, 0))
    const box = await dock.boundingBox()
    if (!box) throw new Error('no dock')
    const x = box.x + box.width / 2
    const fingers = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
      fingers.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: y === undefined ? [] : [{ x, y }],
      })
    await touch('touchStart', box.y + 180)
    for (let y = 170; y >= 20; y -= 10) await touch('touchMove', box.y + y)
    await touch('touchEnd')
    const headset = page.getByTestId('enter-vr')
    await until('the last of the dock', () => inSight(headset))
    await page.screenshot({ path: join(pictures, '480x300-pushed.png') })
    const before = await page.getByTestId('dock-hand').getAttribute('aria-pressed')
    await page.getByTestId('dock-hand').tap()
    await until(
      'the hand',
      async () => (await page.getByTestId('dock-hand').getAttribute('aria-pressed')) !== before,
    )
  })

  it('the headset is entered with one press', async () => {
    await page.getByTestId('enter-vr').click()
    const headset = new Headset(page)
    await until('a session', () => headset.inside())
    await headset.end()
  })
})

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { canvasOf, joinPage, labelsOf, type StateAnswer, stateOf } from './conference-person.ts'

let caseroom: Caseroom
let browser: Browser
let links: { attending: string; guests: string }
let attending: Page
let guest: Page
let conferenceId: string

const desk: BrowserContextOptions = { viewport: { width: 1000, height: 700 } }
const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
}

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
  links = await caseroom.opened()
  attending = await joinPage(browser, links.attending, 'Dr Ada Lead', desk)
  guest = await joinPage(browser, links.guests, 'Ben Guest', phone)
  const response = await caseroom.call('GET', '/api/conferences', {
    token: caseroom.token('clinician'),
  })
  const { conferences } = (await response.json()) as { conferences: { conferenceId: string }[] }
  conferenceId = conferences[0]?.conferenceId ?? ''
  await until('a presenter', async () => (await state()).presenterId)
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

const state = (): Promise<StateAnswer['state']> => stateOf(caseroom, conferenceId)

async function drag(
  page: Page,
  by: [dx: number, dy: number],
  options: { button?: 'left' | 'right'; key?: string } = {},
) {
  const { x, y } = await canvasOf(page)
  if (options.key) await page.keyboard.down(options.key)
  await page.mouse.move(x, y)
  await page.mouse.down({ button: options.button ?? 'left' })
  await page.mouse.move(x + by[0] / 2, y + by[1] / 2, { steps: 3 })
  await page.mouse.move(x + by[0], y + by[1], { steps: 3 })
  await page.mouse.up({ button: options.button ?? 'left' })
  if (options.key) await page.keyboard.up(options.key)
}

async function tool(page: Page, key: string) {
  await page.getByTestId('volume').focus()
  await page.keyboard.press(key)
}

describe('two pages in one conference', () => {
  beforeEach(() => tool(attending, 'v'))

  it('[CASE-1] what the attending turns and moves by mouse is turned and moved for everybody', async () => {
    const before = await state()
    await drag(attending, [90, 0])
    const turned = await until('a turn', async () => {
      const { volumePose } = await state()
      return volumePose.rotation[1] !== before.volumePose.rotation[1] && volumePose
    })
    // to the right: the patient's front goes towards the viewer's right, about world y
    expect(turned.rotation[1]).toBeCloseTo(Math.sin((90 * 0.008) / 2), 2)
    await tool(attending, 'm')
    await drag(attending, [60, -40])
    await until('a move', async () => {
      const [x, y] = (await state()).volumePose.position
      return x > before.volumePose.position[0] && y > before.volumePose.position[1]
    })
  })

  it('[XR-2] the same by keys alone', async () => {
    const before = await state()
    await tool(attending, 'v')
    await attending.keyboard.press('Shift+ArrowRight')
    await until('a turn by key', async () => (await state()).seq > before.seq)
    await tool(attending, 'm')
    const { volumePose } = await state()
    await attending.keyboard.press('ArrowUp')
    await until(
      'a move by key',
      async () => (await state()).volumePose.position[1] > volumePose.position[1],
    )
  })

  it('[ROLE-3] a guest’s drag and the attending’s Alt-drag move nothing but their own camera', async () => {
    const before = await state()
    await drag(guest, [60, 10])
    await drag(attending, [60, 10], { key: 'Alt' })
    await tool(guest, 'm')
    await drag(guest, [-30, 10])
    await tool(guest, 'v')
    await attending.keyboard.press('w') // something that does happen, after all of it
    await drag(attending, [40, 0])
    const after = await until('the window', async () => {
      const now = await state()
      return now.window.windowWidth !== before.window.windowWidth && now
    })
    expect(after.volumePose).toEqual(before.volumePose)
    expect(after.seq).toBe(before.seq + 1)
    for (const page of [guest, attending]) {
      await page.getByTestId('volume').focus()
      await page.keyboard.press('Home')
    }
  })

  it('[CASE-3] right-drag sets the window, for everybody', async () => {
    const before = await state()
    await drag(attending, [75, 60], { button: 'right' })
    const after = await until('the window', async () => {
      const now = await state()
      return now.window.windowCenter !== before.window.windowCenter && now
    })
    expect(after.window.windowWidth).toBeGreaterThan(before.window.windowWidth)
    expect(after.window.windowCenter).toBeGreaterThan(before.window.windowCenter)
  })

  it('[MARK-1] [MARK-2] the attending’s laser ends on tissue, with initials, on the guest’s page', async () => {
    await tool(attending, 'l')
    const { x, y } = await canvasOf(attending)
    await attending.mouse.move(x, y)
    await attending.mouse.move(x + 2, y)
    await until('initials', async () => (await labelsOf(guest, 'initials')).includes('AL'))
    await attending.mouse.move(2, 2) // off the canvas
    await until('no initials', async () => !(await labelsOf(guest, 'initials')).includes('AL'))
  })

  it('[MARK-3] point, arrow and text are there for the guest, and gone when undone', async () => {
    const { x, y } = await canvasOf(attending)
    await tool(attending, 'p')
    await attending.mouse.click(x, y)
    await until('a point', async () =>
      Object.values((await state()).annotations).some((a) => a.kind === 'point'),
    )
    await tool(attending, 'a')
    await drag(attending, [60, 50])
    const arrow = await until('an arrow', async () =>
      Object.values((await state()).annotations).find((a) => a.kind === 'arrow'),
    )
    expect(arrow.pointsMm).toHaveLength(2)
    await tool(attending, 't')
    await attending.mouse.click(x + 10, y + 30)
    await attending.getByRole('textbox').last().fill('Segment 8')
    await attending.keyboard.press('Enter')
    await until('words', async () => (await labelsOf(guest, 'mark')).includes('Segment 8'))
    const count = Object.keys((await state()).annotations).length
    await attending.getByTestId('volume').focus()
    await attending.keyboard.press('Control+z')
    await until('undone', async () => Object.keys((await state()).annotations).length === count - 1)
    await until('no words', async () => !(await labelsOf(guest, 'mark')).includes('Segment 8'))
    await attending.keyboard.press('Control+Shift+z')
    await until('redone', async () => (await labelsOf(guest, 'mark')).includes('Segment 8'))
  })

  it('[CASE-2] a cut by hand is a plane in patient mm for everybody', async () => {
    await tool(attending, 'c')
    await drag(attending, [120, 0])
    const plane = await until(
      'a plane',
      async () => Object.values((await state()).clippingPlanes)[0],
    )
    expect(Math.hypot(...plane.normal)).toBeCloseTo(1, 6)
    expect(plane.enabled).toBe(true)
  })

  it('two fingers on the phone come nearer by the guest’s own camera only', async () => {
    const before = await state()
    const scaleBar = guest.locator('.stage-scale-bar-text')
    const { x, y } = await canvasOf(guest)
    const barBefore = await scaleBar.evaluate(
      (e) => `${e.textContent} ${e.parentElement?.style.width}`,
    )
    const cdp = await guest.context().newCDPSession(guest)
    const fingers = (spread: number) => [
      { x: x - spread, y, id: 1 },
      { x: x + spread, y, id: 2 },
    ]
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(40) })
    for (const spread of [60, 80, 100]) {
      await cdp.send('Input.dispatchTouchEvent', {
        type: 'touchMove',
        touchPoints: fingers(spread),
      })
    }
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await until('nearer', async () => {
      const bar = await scaleBar.evaluate((e) => `${e.textContent} ${e.parentElement?.style.width}`)
      return bar !== barBefore
    })
    expect(await state()).toEqual(before)
  })

  it('orientation letters, a scale and “not for diagnosis” are on both pages', async () => {
    // the guest has come so near that none of the box's faces is in sight
    const near = await labelsOf(guest, 'orientation')
    expect(near.length).toBeGreaterThanOrEqual(4)
    for (const page of [attending, guest]) {
      await page.getByTestId('volume').focus()
      await page.keyboard.press('Home')
      await until('six letters', async () => {
        return (await labelsOf(page, 'orientation')).sort().join('') === 'AFHLPR'
      })
      expect(await page.locator('.stage-scale-bar-text').textContent()).toMatch(/^\d+ mm$/)
      await page
        .getByText(/not for diagnosis/i)
        .first()
        .waitFor()
    }
  })

  it('[CASE-9] after the plug was pulled both pages come back by themselves to the same state', async () => {
    const before = await state()
    await caseroom.stop('SIGKILL')
    const again = await startCaseroom({
      env: { DEMO_CASE: 'on' },
      dataDir: caseroom.dataDir,
      port: caseroom.port,
    })
    caseroom = again
    await until('words for the guest', async () =>
      (await labelsOf(guest, 'mark')).includes('Segment 8'),
    )
    await tool(attending, 'v')
    await until(
      'a turn after the restart',
      async () => {
        await attending.getByTestId('volume').focus()
        await attending.keyboard.press('ArrowRight')
        return (await state()).volumePose.rotation[1] !== before.volumePose.rotation[1]
      },
      60_000,
    )
    expect(Object.keys((await state()).annotations)).toEqual(Object.keys(before.annotations))
  })
})

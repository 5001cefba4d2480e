import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { invert, transform, transformPoint } from '../../shared/geometry/transform.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  canvasOf,
  differenceOf,
  initialsAt,
  joinPage,
  labelsOf,
  letterAt,
  lettersOf,
  pictureOf,
  pictureWithinMs,
  type StateAnswer,
  samplesOf,
  stateOf,
  statusOf,
} from './conference-person.ts'

let caseroom: Caseroom
let browser: Browser
let links: { attending: string; guests: string }
let attending: Page
let guest: Page
let conferenceId: string
let volume: VolumeManifest
/** What the guest was told that others show. */
let told: PoseSample[]

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
  attending = await joinPage(browser, links.attending, 'Dr Ada Lead', desk, (page) =>
    page.addInitScript(() => localStorage.setItem('caseroom.layout', 'volume')),
  )
  guest = await joinPage(browser, links.guests, 'Ben Guest', phone, async (page) => {
    told = samplesOf(page)
  })
  const read = async <T>(path: string) => {
    const response = await caseroom.call('GET', path, { token: caseroom.token('clinician') })
    return (await response.json()) as T
  }
  const { conferences } = await read<{ conferences: { conferenceId: string; caseId: string }[] }>(
    '/api/conferences',
  )
  const [opened] = conferences
  conferenceId = opened?.conferenceId ?? ''
  const { volumes } = await read<{ volumes: [VolumeManifest] }>(`/api/cases/${opened?.caseId}`)
  volume = volumes[0]
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

/** What the guest's panel says, which is a sheet over the phone's volume while it is read. */
async function inSheet<T>(panel: 'view' | 'marks', look: () => Promise<T>): Promise<T> {
  await guest.getByTestId(`dock-${panel}`).click()
  try {
    return await look()
  } finally {
    await guest.getByRole('button', { name: 'Close the panel' }).click()
  }
}

/** The guest's letters, as soon as they are not where they were. */
const guestElsewhere = (than: string) =>
  until('the guest sees the volume elsewhere', async () => {
    const letters = await lettersOf(guest)
    return letters !== than && letters
  })

/** The guest's picture, as soon as it is another one. */
const anotherPicture = (than: Buffer) =>
  until(
    'the guest sees another picture',
    async () => {
      const picture = await pictureOf(guest)
      return !picture.equals(than) && picture
    },
    pictureWithinMs,
  )

describe('two pages in one conference', () => {
  beforeEach(() => tool(attending, 'v'))

  it('[CASE-1] what the attending turns and moves by mouse is turned and moved for everybody', async () => {
    const before = await state()
    const front = await letterAt(guest, 'A')
    await drag(attending, [90, 0])
    const turned = await until('a turn', async () => {
      const { volumePose } = await state()
      return volumePose.rotation[1] !== before.volumePose.rotation[1] && volumePose
    })
    // to the right: the patient's front goes towards the viewer's right, about world y
    expect(turned.rotation[1]).toBeCloseTo(Math.sin((90 * 0.008) / 2), 2)
    await until('the front turned', async () => (await letterAt(guest, 'A')).x > front.x + 20)
    const head = await letterAt(guest, 'H')
    await tool(attending, 'm')
    await drag(attending, [60, -40])
    await until('a move', async () => {
      const [x, y] = (await state()).volumePose.position
      return x > before.volumePose.position[0] && y > before.volumePose.position[1]
    })
    await until('the head moved', async () => {
      const { x, y } = await letterAt(guest, 'H')
      return x > head.x && y < head.y
    })
  })

  it('[XR-2] the same by keys alone', async () => {
    const before = await state()
    const still = await lettersOf(guest)
    await tool(attending, 'v')
    await attending.keyboard.press('Shift+ArrowRight')
    await until('a turn by key', async () => (await state()).seq > before.seq)
    await guestElsewhere(still)
    await tool(attending, 'm')
    const { volumePose } = await state()
    const head = await letterAt(guest, 'H')
    await attending.keyboard.press('ArrowUp')
    await until(
      'a move by key',
      async () => (await state()).volumePose.position[1] > volumePose.position[1],
    )
    await until('the head moved up', async () => (await letterAt(guest, 'H')).y < head.y)
  })

  it('[ROLE-3] a guest’s drag and the attending’s Alt-drag move nothing but their own camera', async () => {
    const before = await state()
    let [mine, theirs] = [await lettersOf(attending), await lettersOf(guest)]
    await drag(guest, [60, 10])
    theirs = await guestElsewhere(theirs)
    await drag(attending, [60, 10], { key: 'Alt' })
    mine = await until('the attending’s own camera', async () => {
      const letters = await lettersOf(attending)
      return letters !== mine && letters
    })
    await tool(guest, 'm')
    await drag(guest, [-30, 10])
    theirs = await guestElsewhere(theirs)
    await tool(guest, 'v')
    await attending.keyboard.press('w') // something that does happen, after all of it
    await drag(attending, [40, 0])
    const after = await until('the window', async () => {
      const now = await state()
      return now.window.windowWidth !== before.window.windowWidth && now
    })
    expect(after.volumePose).toEqual(before.volumePose)
    expect(after.seq).toBe(before.seq + 1)
    const width = `${after.window.windowWidth}`
    await inSheet('view', () =>
      until('the window for the guest', async () => {
        return (await guest.getByTestId('window-width').inputValue()) === width
      }),
    )
    expect(await lettersOf(attending)).toBe(mine)
    await until('the guest as before the sheet', async () => (await lettersOf(guest)) === theirs)
    for (const page of [guest, attending]) {
      expect(await page.getByTestId('own-camera').isVisible()).toBe(true)
      await page.getByTestId('volume').focus()
      await page.keyboard.press('Home')
      await page.getByTestId('own-camera').waitFor({ state: 'detached' })
    }
  })

  it('[CASE-3] right-drag sets the window, for everybody', async () => {
    const before = await state()
    const picture = await pictureOf(guest)
    await drag(attending, [75, 60], { button: 'right' })
    const after = await until('the window', async () => {
      const now = await state()
      return now.window.windowCenter !== before.window.windowCenter && now
    })
    expect(after.window.windowWidth).toBeGreaterThan(before.window.windowWidth)
    expect(after.window.windowCenter).toBeGreaterThan(before.window.windowCenter)
    await anotherPicture(picture)
    const { windowCenter, windowWidth } = after.window
    await inSheet('view', async () => {
      const shown = (testId: string) => guest.getByTestId(testId).inputValue()
      await until('the centre', async () => (await shown('window-center')) === `${windowCenter}`)
      await until('the width', async () => (await shown('window-width')) === `${windowWidth}`)
    })
  })

  it('[MARK-1] [MARK-2] the attending’s laser ends on tissue, with initials, on the guest’s page', async () => {
    await tool(attending, 'l')
    const { x, y } = await canvasOf(attending)
    await attending.mouse.move(x - 2, y)
    told.length = 0
    await attending.mouse.move(x, y)
    const { end, touches } = await until(
      'a laser',
      () => told.findLast(({ laser }) => laser)?.laser,
    )
    expect(touches).toBe(true)
    const voxelFromPatient = invert(transform<'patient', 'voxel'>(volume.patientFromVoxel))
    for (const [axis, index] of transformPoint(voxelFromPatient, end).entries()) {
      expect(index).toBeGreaterThan(-0.5)
      expect(index).toBeLessThan((volume.dims[axis] ?? 0) - 0.5)
    }
    // both look along the same line at home, so the end of the beam is in the middle of both panes
    const box = await guest.getByTestId('volume').boundingBox()
    await until('initials in the middle', async () => {
      const at = await initialsAt(guest, 'AL')
      return Math.hypot(at.x - (box?.width ?? 0) / 2, at.y - (box?.height ?? 0) / 2) < 2
    })
    await attending.mouse.move(2, 2) // off the canvas
    await until('no initials', async () => !(await labelsOf(guest, 'initials')).includes('AL'))
  })

  it('[MARK-3] point, arrow and text are there for the guest, and gone when undone', async () => {
    const { x, y } = await canvasOf(attending)
    const bare = await pictureOf(guest)
    await tool(attending, 'p')
    // apart from where the arrow begins: a mark under the hand is moved
    await attending.mouse.click(x, y - 20)
    await until('a point', async () =>
      Object.values((await state()).annotations).some((a) => a.kind === 'point'),
    )
    const withPoint = await anotherPicture(bare)
    await tool(attending, 'a')
    await drag(attending, [60, 50])
    const arrow = await until('an arrow', async () =>
      Object.values((await state()).annotations).find((a) => a.kind === 'arrow'),
    )
    expect(arrow.pointsMm).toHaveLength(2)
    await anotherPicture(withPoint)
    await tool(attending, 't')
    await attending.mouse.click(x + 10, y + 30)
    await attending.getByRole('textbox').last().fill('Segment 8')
    await attending.keyboard.press('Enter')
    await until('words', async () => (await labelsOf(guest, 'mark')).includes('Segment 8'))
    await inSheet('marks', async () => {
      const marks = guest.getByTestId('marks')
      for (const words of ['Point', 'Arrow', 'Segment 8']) await marks.getByText(words).waitFor()
    })
    const count = Object.keys((await state()).annotations).length
    await attending.getByTestId('volume').focus()
    await attending.keyboard.press('Control+z')
    await until('undone', async () => Object.keys((await state()).annotations).length === count - 1)
    await until('no words', async () => !(await labelsOf(guest, 'mark')).includes('Segment 8'))
    await attending.keyboard.press('Control+Shift+z')
    await until('redone', async () => (await labelsOf(guest, 'mark')).includes('Segment 8'))
  })

  it('[CASE-2] a cut by hand is a plane in patient mm for everybody', async () => {
    const whole = await pictureOf(guest)
    await tool(attending, 'c')
    await drag(attending, [160, 160]) // from a corner of the turned box well into it
    const plane = await until(
      'a plane',
      async () => Object.values((await state()).clippingPlanes)[0],
    )
    expect(Math.hypot(...plane.normal)).toBeCloseTo(1, 6)
    expect(plane.enabled).toBe(true)
    // the plane's own outline is no cut
    await until(
      'the guest sees a cut',
      async () => (await differenceOf(guest, whole, await pictureOf(guest))) > 0.04,
      pictureWithinMs,
    )
    await inSheet('view', async () => {
      await until('one plane', async () => (await guest.locator('.plane').count()) === 1)
    })
  })

  it('two fingers on the phone come nearer by the guest’s own camera only', async () => {
    const [before, mine] = [await state(), await lettersOf(attending)]
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
    expect(await lettersOf(attending)).toBe(mine)
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
    const connected = (page: Page) => async () => / connected$/.test(await statusOf(page))
    for (const page of [attending, guest]) {
      await until('no line', async () => !(await connected(page)()))
    }
    const again = await startCaseroom({
      env: { DEMO_CASE: 'on' },
      dataDir: caseroom.dataDir,
      port: caseroom.port,
    })
    caseroom = again
    for (const page of [attending, guest]) await until('a line', connected(page), 60_000)
    expect(await labelsOf(guest, 'mark')).toContain('Segment 8')
    const still = await lettersOf(guest)
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
    await guestElsewhere(still)
    expect(Object.keys((await state()).annotations)).toEqual(Object.keys(before.annotations))
  })
})

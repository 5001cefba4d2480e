import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { desk, join, openPage, phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let attending: Page
let resident: Page
let observer: Page
const faults: string[][] = []

async function come(link: string, name: string, options = desk): Promise<Page> {
  const { page, faults: found } = await openPage(browser, link, options)
  page.setDefaultTimeout(20_000)
  faults.push(found)
  await join(page, name)
  return page
}

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
  await caseroom.opened()
  const token = caseroom.token('clinician')
  const read = async <T>(response: Response) => (await response.json()) as T
  const { cases } = await read<{ cases: { caseId: string }[] }>(
    await caseroom.call('GET', '/api/cases', { token }),
  )
  const body = { caseId: cases[0]?.caseId }
  const { links } = await read<{ links: Record<'attending' | 'resident' | 'observer', string> }>(
    await caseroom.call('POST', '/api/conferences', { token, body }),
  )
  attending = await come(links.attending, 'Dr Ada Okafor')
  resident = await come(links.resident, 'Jonas Lindqvist', phone)
  observer = await come(links.observer, 'Olga Observes')
  await attending.getByTestId('participants').getByText('you · attending · leads').waitFor()
  await attending.getByTestId('participants').getByText('Olga Observes').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

const show = async (panel: 'view' | 'people' | 'marks') => {
  await attending.getByTestId(`tab-${panel}`).click()
  await observer.getByTestId(`tab-${panel}`).click()
  if ((await resident.getByTestId(`dock-${panel}`).getAttribute('aria-expanded')) === 'false') {
    await resident.getByTestId(`dock-${panel}`).click()
  }
}
const hideSheet = async () => {
  await resident.getByRole('button', { name: 'Close the panel' }).click()
}
const value = (page: Page, testId: string) => page.getByTestId(testId).inputValue()

describe('the view panel', () => {
  it('[CASE-3] a window typed by the leader is the window of the others', async () => {
    await show('view')
    await attending.getByTestId('window-center').fill('65')
    await attending.keyboard.press('Tab')
    await attending.getByTestId('window-width').fill('350')
    await attending.keyboard.press('Enter')
    for (const page of [resident, observer]) {
      await until('65', async () => (await value(page, 'window-center')) === '65')
      await until('350', async () => (await value(page, 'window-width')) === '350')
      expect(await page.getByTestId('window-center').isDisabled()).toBe(true)
    }
  })

  it('[CASE-3] a preset chosen by the leader brings its window to the others', async () => {
    await attending.getByRole('radio', { name: 'Bone' }).click()
    await until('400', async () => (await value(observer, 'window-center')) === '400')
    const chosen = observer.getByRole('radio', { name: 'Bone' })
    expect(await chosen.getAttribute('aria-checked')).toBe('true')
    expect(await chosen.isDisabled()).toBe(true)
  })

  it('[CASE-2] planes are added, moved, flipped, switched and removed for everybody', async () => {
    const planes = observer.getByTestId('planes')
    await attending.getByRole('button', { name: 'Add sagittal plane' }).click()
    await planes.getByText('keeps the left').waitFor()
    const offset = planes.locator('output')
    const before = await offset.textContent()
    await attending.getByTestId('planes').getByRole('slider').press('PageUp')
    await until('another offset', async () => (await offset.textContent()) !== before)
    await attending.getByRole('button', { name: 'Flip the sagittal plane' }).click()
    await planes.getByText('keeps the right').waitFor()
    const on = planes.getByRole('switch')
    expect(await on.isChecked()).toBe(true)
    await attending.locator('.plane-switch').click()
    await until('switched off', async () => !(await on.isChecked()))
    await attending.getByRole('button', { name: 'Remove the sagittal plane' }).click()
    await observer.getByText('The whole volume is shown').waitFor()
  })

  it('[CASE-2] six planes is the most', async () => {
    for (const name of ['axial', 'coronal', 'sagittal', 'axial', 'coronal', 'sagittal']) {
      await attending.getByRole('button', { name: `Add ${name} plane` }).click()
    }
    await until('six', async () => (await observer.locator('.plane').count()) === 6)
    await attending.getByText('Six planes is the most').waitFor()
    const adder = attending.getByRole('button', { name: 'Add axial plane' })
    expect(await adder.isDisabled()).toBe(true)
  })

  it('a plane is seen on the leader’s own page while its slider is dragged', async () => {
    await attending.getByTestId('reset-view').click()
    await observer.getByText('The whole volume is shown').waitFor()
    await attending.getByRole('button', { name: 'Add axial plane' }).click()
    const thumb = attending.getByTestId('planes').locator('.slider-thumb')
    await thumb.hover()
    const box = await thumb.boundingBox()
    if (!box) throw new Error('no thumb')
    const picture = () => attending.getByTestId('volume').screenshot()
    const before = await picture()
    await attending.mouse.down()
    await attending.mouse.move(box.x - 60, box.y + 7, { steps: 4 })
    await until('another picture', async () => !(await picture()).equals(before))
    const inState = observer.getByTestId('planes').locator('output')
    const offsetBefore = await inState.textContent()
    await attending.mouse.up()
    await until('the new offset', async () => (await inState.textContent()) !== offsetBefore)
  })

  it('resetting takes window, preset and planes back for everybody', async () => {
    await attending.getByTestId('reset-view').click()
    await observer.getByText('The whole volume is shown').waitFor()
    await until('40', async () => (await value(observer, 'window-center')) === '40')
  })
})

describe('people', () => {
  it('[ROLE-2] a hand raised on the phone is seen, and the lead handed over and taken back', async () => {
    await hideSheet()
    await show('people')
    await hideSheet()
    await resident.getByTestId('dock-hand').click()
    await attending.getByText('hand up').waitFor()
    await attending.getByText('1 hand raised').waitFor()
    await resident.getByTestId('dock-hand').click()
    await attending.getByText('hand up').waitFor({ state: 'detached' })
    await attending.getByRole('button', { name: 'Hand over the lead to Jonas Lindqvist' }).click()
    await resident.getByTestId('leading').getByText('You lead', { exact: true }).waitFor()
    await observer.getByTestId('leading').getByText('Jonas Lindqvist leads').waitFor()
    await resident.getByTestId('dock-view').click()
    await resident.getByRole('radio', { name: 'Lung' }).click()
    await attending.getByTestId('tab-view').click()
    await until('-600', async () => (await value(attending, 'window-center')) === '-600')
    expect(await attending.getByTestId('window-center').isDisabled()).toBe(true)
    await attending.getByTestId('tab-people').click()
    await attending.getByTestId('take-lead').click()
    await resident.getByText('Dr Ada Okafor leads. This is changed by whoever leads.').waitFor()
    await hideSheet()
  })

  it('[ROLE-1] a control that a role never has is not there', async () => {
    const tools = (page: Page) => page.getByTestId('tools').getByRole('button').allTextContents()
    expect(await tools(observer)).toEqual(['Turn', 'Move', 'Size'])
    expect(await observer.getByTestId('undo').count()).toBe(0)
    expect(await observer.getByTestId('raise-hand').count()).toBe(0)
    expect(await resident.getByTestId('take-lead').count()).toBe(0)
    await observer.getByTestId('more').click()
    expect(await observer.getByRole('menuitem', { name: /Close the conference/ }).count()).toBe(0)
    await observer.keyboard.press('Escape')
  })

  it('[ROLE-1] a tool that waits for the lead says why it does nothing', async () => {
    await resident.getByTestId('tool-clip').tap({ force: true })
    await resident.getByTestId('notice').getByText('Dr Ada Okafor leads').waitFor()
    expect(await resident.getByTestId('tool-turn').getAttribute('aria-pressed')).toBe('true')
  })
})

describe('marks', () => {
  const list = (page: Page) => page.getByTestId('marks')
  const mark = async (page: Page, tool: string) => {
    await page.getByTestId(`tool-${tool}`).click()
    await page.getByTestId('volume').click()
  }

  it('[MARK-3] [MARK-6] are listed with author and time, and words are asked for', async () => {
    await show('marks')
    await mark(attending, 'text')
    await attending.getByTestId('mark-text').fill('Aortic arch')
    await attending.getByRole('button', { name: 'Write' }).click()
    await list(observer).getByText('Aortic arch').waitFor()
    await list(observer)
      .getByText(/Dr Ada Okafor · \d\d:\d\d/)
      .waitFor()
    await mark(attending, 'text')
    await attending.getByRole('button', { name: 'Cancel' }).click()
    expect(await list(attending).getByRole('listitem').count()).toBe(1)
  })

  it('[MARK-6] a resident deletes their own and not the attending’s', async () => {
    await hideSheet()
    await mark(resident, 'point')
    await list(attending).getByText('Point').waitFor()
    await resident.getByTestId('dock-marks').click()
    const deleters = list(resident).getByRole('button')
    expect(await deleters.allTextContents()).toHaveLength(1)
    await list(resident).getByRole('button', { name: 'Delete Point' }).click()
    await list(attending).getByText('Point').waitFor({ state: 'detached' })
    await hideSheet()
  })

  it('[MARK-5] are taken back and put back by their author', async () => {
    await attending.getByTestId('undo').click()
    await list(observer).getByText('Aortic arch').waitFor({ state: 'detached' })
    await attending.getByTestId('redo').click()
    await list(observer).getByText('Aortic arch').waitFor()
    await attending.getByTestId('volume').focus()
    await attending.keyboard.press('Control+z')
    await list(observer).getByText('Aortic arch').waitFor({ state: 'detached' })
  })
})

describe('keys', () => {
  it('[XR-2] choose every tool, and Escape goes back to turning', async () => {
    const pressed = () => attending.locator('.tool[aria-pressed=true]').textContent()
    for (const [key, name] of Object.entries({
      m: 'Move',
      l: 'Laser',
      p: 'Point',
      a: 'Arrow',
      t: 'Text',
      c: 'Clip',
      w: 'Window',
    })) {
      await attending.keyboard.press(key)
      expect(await pressed()).toBe(name)
    }
    await attending.keyboard.press('Escape')
    expect(await pressed()).toBe('Turn')
  })

  it('raise a hand, open the help, and mean nothing in a field', async () => {
    await resident.getByTestId('volume').focus()
    await resident.keyboard.press('h')
    await show('people')
    await hideSheet()
    await attending.getByText('hand up').waitFor()
    await resident.keyboard.press('h')
    await attending.getByText('hand up').waitFor({ state: 'detached' })
    await attending.keyboard.press('?')
    await attending.getByRole('dialog', { name: 'Keys and gestures' }).waitFor()
    expect(await violations(attending)).toEqual([])
    await attending.keyboard.press('Escape')
    await attending.getByRole('dialog').waitFor({ state: 'detached' })
    await attending.getByTestId('tab-view').click()
    await attending.getByTestId('window-center').focus()
    await attending.keyboard.press('m')
    expect(await attending.getByTestId('tool-turn').getAttribute('aria-pressed')).toBe('true')
  })

  it('[ROLE-3] 0 and its button put one’s own camera back', async () => {
    const away = observer.getByTestId('own-camera')
    await observer.getByTestId('volume').focus()
    await observer.keyboard.press('Alt+ArrowLeft')
    await away.waitFor()
    await away.click()
    await away.waitFor({ state: 'detached' })
    await observer.getByTestId('volume').focus()
    await observer.keyboard.press('Alt+ArrowLeft')
    await away.waitFor()
    await observer.keyboard.press('0')
    await away.waitFor({ state: 'detached' })
    expect(await attending.getByTestId('own-camera').count()).toBe(0)
  })
})

describe('the page around the volume', () => {
  it('[XR-7] says in words who leads, what is shown, and that it is not for diagnosis', async () => {
    await attending
      .getByTestId('status')
      .getByText(/^You lead · \d+×\d+×\d+/)
      .waitFor()
    await observer
      .getByTestId('status')
      .getByText(/^Dr Ada Okafor leads · you watch · .* · connected$/)
      .waitFor()
    for (const page of [attending, resident, observer]) {
      expect(await page.getByText('Not for diagnosis').isVisible()).toBe(true)
    }
  })

  it('hides its panel when asked, and the volume takes the room', async () => {
    const width = async () => (await observer.getByTestId('volume').boundingBox())?.width ?? 0
    const before = await width()
    await observer.getByRole('button', { name: 'Close the panel' }).click()
    await until('a wider volume', async () => (await width()) > before + 300)
    await observer.getByTestId('more').click()
    await observer.getByRole('menuitem', { name: 'Show the panel' }).click()
    await until('as before', async () => (await width()) === before)
  })

  it('fits a phone without sideways scrolling, every target 44 px', async () => {
    const { wide, small } = await resident.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      small: [...document.querySelectorAll('button')]
        .filter((button) => button.checkVisibility())
        .map((button) => ({
          name: button.ariaLabel ?? button.textContent,
          box: button.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
        .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
    }))
    expect(wide).toBe(390)
    expect(small).toEqual([])
  })

  it('breaks no rule of access with any panel open, on desk and phone, in either theme', async () => {
    for (const panel of ['view', 'people', 'marks'] as const) {
      await show(panel)
      for (const page of [attending, resident, observer]) expect(await violations(page)).toEqual([])
    }
    await observer.getByTestId('more').click()
    await observer.getByRole('menuitem', { name: 'Use the light theme' }).click()
    expect(await violations(observer)).toEqual([])
  })

  it('asked no other origin, threw nothing, broke no policy', () => {
    expect(faults.flat()).toEqual([])
  })
})

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import { transform } from '../../shared/geometry/transform.ts'
import { presetById } from '../../shared/volume/presets.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type OpenedConference, openConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { stateOf } from './conference-person.ts'
import { desk, type Faults, join, openPage, phone, violations } from './ui-page.ts'

interface Look {
  presetId: string
  window: { windowCenter: number; windowWidth: number }
  curve: { at: number; r: number; g: number; b: number; opacity: number }[]
  renderMode: string
  isoValue: number
  cropBox: { minMm: number[]; maxMm: number[]; enabled: boolean }
}

let caseroom: Caseroom
let browser: Browser
let conference: OpenedConference
let attending: Page
let resident: Page
const faults: Faults[] = []
const presetCurve = presetById('ct-soft-tissue')!.curve

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
  conference = await openConference(caseroom)
  attending = await come(conference.links.attending, 'Dr Ada Okafor')
  resident = await come(conference.links.resident, 'Jonas Lindqvist', phone)
  await attending.getByTestId('tab-view').click()
  await attending.getByTestId('curve-plot').waitFor()
  await resident.getByTestId('dock-view').click()
  await resident.getByTestId('curve-plot').waitFor()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

/** The shared look once something is so. */
const lookOnce = (what: string, isSo: (look: Look) => boolean): Promise<Look> =>
  until(what, async () => {
    const look = (await stateOf(caseroom, conference.conferenceId)) as unknown as Look
    return isSo(look) && look
  })
const points = (page: Page) => page.locator('.curve-point')
const middleOf = async (locator: Locator) => {
  await locator.scrollIntoViewIfNeeded()
  const box = await locator.boundingBox()
  if (!box) throw new Error('it is not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
async function dragBy(page: Page, locator: Locator, dx: number, dy: number, drop = true) {
  const { x, y } = await middleOf(locator)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + dx, y + dy, { steps: 4 })
  if (drop) await page.mouse.up()
}
const lineOf = (page: Page) => page.locator('.curve-line').getAttribute('d')

describe('the curve over the histogram', () => {
  it('[CASE-3] opens as the preset’s, and is read-only for who does not lead', async () => {
    expect(await points(attending).count()).toBe(presetCurve.length)
    expect(await points(attending).nth(3).getAttribute('aria-valuetext')).toBe(
      '8 HU, 6 % over 1 mm',
    )
    const before = await lineOf(resident)
    expect(await points(resident).first().getAttribute('aria-readonly')).toBe('true')
    await dragBy(resident, points(resident).nth(4), 10, -30)
    await points(resident).nth(4).press('ArrowUp')
    expect(await lineOf(resident)).toBe(before)
    expect(await resident.getByTestId('curve-add').count()).toBe(0)
  })

  it('[CASE-3] a drag is seen at once, and by the others when it is let go', async () => {
    const others = await lineOf(resident)
    const own = await lineOf(attending)
    await dragBy(attending, points(attending).nth(4), 12, -25, false)
    expect(await lineOf(attending)).not.toBe(own)
    expect(await lineOf(resident)).toBe(others)
    await attending.mouse.up()
    const { curve } = await lookOnce('a curve', (look) => look.curve.length > 0)
    expect(curve).toHaveLength(presetCurve.length)
    expect(curve[4]?.at).toBeGreaterThan(presetCurve[4]!.at)
    expect(curve[4]?.opacity).toBeGreaterThan(presetCurve[4]!.opacity)
    expect(curve.toSpliced(4, 1)).toEqual(presetCurve.toSpliced(4, 1))
    await until('the resident’s', async () => (await lineOf(resident)) !== others)
  })

  it('Escape gives up a drag, and nobody hears of it', async () => {
    const before = await lineOf(attending)
    const { seq } = await stateOf(caseroom, conference.conferenceId)
    await dragBy(attending, points(attending).nth(4), -15, 30, false)
    await attending.keyboard.press('Escape')
    expect(await lineOf(attending)).toBe(before)
    await attending.mouse.up()
    expect(await lineOf(attending)).toBe(before)
    expect((await stateOf(caseroom, conference.conferenceId)).seq).toBe(seq)
  })

  it('[CASE-3] a press on the line makes a point, a double press and a drag out take it away', async () => {
    const count = await points(attending).count()
    const [a, b] = [
      await middleOf(points(attending).nth(1).locator('.curve-dot')),
      await middleOf(points(attending).nth(2).locator('.curve-dot')),
    ]
    const onLine = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
    await attending.mouse.click(onLine.x, onLine.y)
    await lookOnce('one more', ({ curve }) => curve.length === count + 1)
    await attending.mouse.dblclick(onLine.x, onLine.y)
    await lookOnce('one less', ({ curve }) => curve.length === count)
    await attending.mouse.dblclick(onLine.x, onLine.y - 60)
    const { curve } = await lookOnce('one in the air', ({ curve }) => curve.length === count + 1)
    expect(curve[2]?.opacity).toBeGreaterThan(0.1)
    await dragBy(attending, points(attending).nth(2), 0, 200)
    await lookOnce('dragged out', ({ curve }) => curve.length === count)
  })

  it('[CASE-3] keys move a point, Shift further, Delete takes it away, + adds one', async () => {
    const { curve: before } = await lookOnce('a curve', (look) => look.curve.length > 0)
    await points(attending).nth(3).focus()
    await attending.keyboard.press('ArrowLeft')
    await lookOnce('1 %', ({ curve }) => Math.abs(curve[3]!.at - before[3]!.at + 0.01) < 1e-6)
    await attending.keyboard.press('Shift+ArrowUp')
    const { curve } = await lookOnce('opacity', (l) => l.curve[3]!.opacity > before[3]!.opacity)
    expect(Math.sqrt(curve[3]!.opacity)).toBeCloseTo(Math.sqrt(before[3]!.opacity) + 0.1, 6)
    await attending.keyboard.press('+')
    await lookOnce('one more', (look) => look.curve.length === before.length + 1)
    await until('the new one has the focus', () =>
      attending.evaluate(
        () => document.activeElement?.getAttribute('aria-label') === 'Point 5 of 9',
      ),
    )
    await attending.keyboard.press('Delete')
    await lookOnce('one less', (look) => look.curve.length === before.length)
  })

  it('[CASE-3] a point is set in figures and in colour, undone step by step, and reset', async () => {
    await points(attending).nth(5).focus()
    await attending.getByTestId('curve-value').fill('130')
    await attending.getByTestId('curve-value').press('Enter')
    await lookOnce('130 HU', ({ curve }) => Math.abs(curve[5]!.at - (130 + 160) / 400) < 1e-6)
    await attending.getByTestId('curve-opacity').fill('12.5')
    await attending.getByTestId('curve-opacity').press('Enter')
    await lookOnce('12.5 %', ({ curve }) => Math.abs(curve[5]!.opacity - 0.125) < 1e-6)
    await attending.getByRole('button', { name: 'Colour of lung' }).click()
    await lookOnce('blue', ({ curve }) => curve[5]!.b > curve[5]!.r)
    await attending.getByTestId('curve-undo').click()
    await lookOnce('not blue', ({ curve }) => curve[5]!.b < curve[5]!.r)
    await attending.getByTestId('curve-undo').click()
    await lookOnce('as before', ({ curve }) => curve[5]!.opacity !== 0.125)
    await attending.getByTestId('curve-reset').click()
    await lookOnce('the preset’s', ({ curve }) => curve.length === 0)
    expect(await points(resident).count()).toBe(presetCurve.length)
    await attending.getByTestId('curve-undo').click()
    await lookOnce('back again', ({ curve }) => curve.length > 0)
    await attending.getByTestId('curve-reset').click()
  })

  it('[CASE-3] a finger drags a point, and scrolls the sheet from beside it', async () => {
    await attending.getByTestId('tab-people').click()
    await attending.getByRole('button', { name: 'Hand over the lead to Jonas Lindqvist' }).click()
    await resident.getByTestId('curve-add').waitFor()
    const { x, y } = await middleOf(points(resident).nth(4).locator('.curve-dot'))
    const cdp = await resident.context().newCDPSession(resident)
    const swipeUp = async (x: number, y: number) => {
      const touch = (type: 'touchStart' | 'touchMove', dy: number) =>
        cdp.send('Input.dispatchTouchEvent', { type, touchPoints: [{ x, y: y + dy }] })
      await touch('touchStart', 0)
      for (const dy of [-10, -20, -30]) await touch('touchMove', dy)
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    }
    await swipeUp(x + 8, y + 8)
    const { curve } = await lookOnce('a curve', (look) => look.curve.length > 0)
    expect(curve[4]?.opacity).toBeGreaterThan(presetCurve[4]!.opacity)
    expect(curve[4]?.at).toBeCloseTo(presetCurve[4]!.at, 1)
    const scrolled = () =>
      resident
        .locator('.look')
        .locator('xpath=..')
        .evaluate((e) => e.scrollTop)
    const before = await scrolled()
    await swipeUp(x - 80, y - 40)
    await until('scrolled', async () => (await scrolled()) > before)
    await cdp.detach()
    await attending.getByRole('button', { name: 'Take the lead' }).click()
    await attending.getByTestId('tab-view').click()
    await attending.getByTestId('curve-reset').click()
    await lookOnce('the preset’s', (look) => look.curve.length === 0)
  })
})

describe('windows and render modes', () => {
  it('[CASE-3] a window by name is everybody’s', async () => {
    await attending.getByRole('button', { name: 'Window Brain' }).click()
    await lookOnce('40/80', ({ window }) => window.windowWidth === 80)
    const chosen = resident.getByRole('button', { name: 'Window Brain' })
    await until('marked', async () => (await chosen.getAttribute('aria-pressed')) === 'true')
    expect(await chosen.isDisabled()).toBe(true)
    await attending.getByRole('button', { name: 'Window Soft tissue' }).click()
    await lookOnce('40/400', ({ window }) => window.windowWidth === 400)
  })

  it('[CASE-3] a projection leaves the curve away, a surface is set by slider and by typing', async () => {
    await attending.getByTestId('mode-mip').click()
    await lookOnce('mip', ({ renderMode }) => renderMode === 'mip')
    await resident.getByText('The greatest value along each line of sight').waitFor()
    expect(await attending.getByTestId('curve-plot').count()).toBe(0)
    await attending.getByTestId('mode-isosurface').click()
    const opened = await lookOnce('surface', ({ renderMode }) => renderMode === 'isosurface')
    expect(opened.isoValue).toBe(40)
    await attending.getByTestId('iso-value').fill('300')
    await attending.getByTestId('iso-value').press('Enter')
    await lookOnce('300 HU', ({ isoValue }) => isoValue === 300)
    await attending.getByTestId('iso-slider').getByRole('slider').press('PageDown')
    await lookOnce('less', ({ isoValue }) => isoValue < 300)
    expect(await resident.getByTestId('iso-value').isDisabled()).toBe(true)
    expect(await violations(attending)).toEqual([])
    await attending.getByTestId('mode-composite').click()
    await lookOnce('composite', ({ renderMode }) => renderMode === 'composite')
  })
})

describe('the crop box', () => {
  it('[CASE-2] opens around the whole volume, and is set by the patient’s letters', async () => {
    const token = caseroom.token()
    const read = async <T>(path: string) =>
      (await (await caseroom.call('GET', path, { token })).json()) as T
    const { cases } = await read<{ cases: CaseDetails[] }>('/api/cases')
    const { volumes } = await read<CaseDetails>(`/api/cases/${cases[0]?.caseId}`)
    const { patientFromVoxel, dims } = volumes[0]!
    const corners = boxCorners(transform<'patient', 'voxel'>(patientFromVoxel), dims)
    const crop = attending.getByTestId('crop')
    await crop.getByText('Nothing is cropped').click()
    const { cropBox } = await lookOnce('a box', (look) => look.cropBox.enabled)
    expect(cropBox.minMm[2]).toBeCloseTo(Math.min(...corners.map(([, , z]) => z)))
    expect(cropBox.maxMm[0]).toBeCloseTo(Math.max(...corners.map(([x]) => x)))
    await attending.getByTestId('crop-R').fill('80.5')
    await attending.getByTestId('crop-R').press('Enter')
    await lookOnce('R 80.5', (look) => look.cropBox.minMm[0] === -80.5)
    await attending.getByTestId('crop-A').fill('-400')
    await attending.getByTestId('crop-A').press('Enter')
    const thin = await lookOnce('thin', (look) => look.cropBox.minMm[1]! > cropBox.minMm[1]!)
    expect(thin.cropBox.maxMm[1]! - thin.cropBox.minMm[1]!).toBeCloseTo(1)
    await until('the resident’s', async () =>
      /80\.5/.test(await resident.getByTestId('crop-R').inputValue()),
    )
    expect(await resident.getByTestId('crop-R').isDisabled()).toBe(true)
    await attending.getByTestId('crop-whole').click()
    await lookOnce('whole', (look) => look.cropBox.minMm[1] === cropBox.minMm[1])
    await crop.getByText('Cropped', { exact: true }).click()
    await lookOnce('off', (look) => !look.cropBox.enabled)
  })
})

describe('what the picture is doing', () => {
  it('is said in words on a press, by key too, with figures', async () => {
    await attending.getByTestId('picture-words').focus()
    await attending.keyboard.press('Enter')
    const facts = attending.getByTestId('picture-facts')
    await facts.waitFor()
    await facts.getByText('Composite').waitFor()
    await facts.getByText(/\d+ × \d+ × \d+ voxels/).waitFor()
    await facts.getByText(/\d ms, \d+ a second/).waitFor()
    expect(await violations(attending)).toEqual([])
    await attending.keyboard.press('Escape')
    await facts.waitFor({ state: 'detached' })
  })
})

describe('the look on every screen', () => {
  it('breaks no rule of accessibility and overflows nowhere, on a desk and on a phone', async () => {
    await points(attending).nth(2).focus()
    await attending.getByTestId('curve-value').waitFor()
    for (const page of [attending, resident]) {
      expect(await violations(page)).toEqual([])
      const overflow = await page
        .locator('.panel-body:not([data-inert])')
        .first()
        .evaluate((e) => e.scrollWidth - e.clientWidth)
      expect(overflow).toBeLessThanOrEqual(0)
    }
  })

  it('a finger has 44 px for each control of the panel', async () => {
    const small = await resident
      .locator('.look')
      .evaluate((panel) =>
        [...panel.querySelectorAll('button, .segment')]
          .filter((e) => e.getBoundingClientRect().height < 43.5)
          .map((e) => e.textContent || e.getAttribute('aria-label')),
      )
    expect(small).toEqual([])
  })

  it('no page broke its policy or asked elsewhere', () => {
    expect(faults.flat()).toEqual([])
  })
})

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LineBreaker } from '../support/line-breaker.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  canvasOf,
  joinPage,
  labelsOf,
  lettersOf,
  pictureOf,
  stateOf,
  statusOf,
} from './conference-person.ts'

const desk: BrowserContextOptions = { viewport: { width: 1100, height: 700 } }

let caseroom: Caseroom
let browser: Browser
let conferenceId: string
let links: Record<'attending' | 'resident' | 'observer', string>
let attending: Page
let resident: Page
let line: LineBreaker

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
  const opened = await read<{ conferenceId: string; links: typeof links }>(
    await caseroom.call('POST', '/api/conferences', { token, body }),
  )
  conferenceId = opened.conferenceId
  links = opened.links
  line = await LineBreaker.open(caseroom.port)
  const slow = links.attending.replace(`:${caseroom.port}`, `:${line.port}`)
  attending = await joinPage(browser, slow, 'Dr Ada Lead', desk)
  resident = await joinPage(browser, links.resident, 'Ben Resident', desk)
  await until('a presenter', async () => (await state()).presenterId)
})
afterAll(async () => {
  await browser?.close()
  await line?.close()
  await caseroom?.remove()
})

const state = () => stateOf(caseroom, conferenceId)
const tool = async (page: Page, key: string) => {
  await page.getByTestId('volume').focus()
  await page.keyboard.press(key)
}
const lead = (page: Page, words: string) =>
  page.getByTestId('leading').getByText(words, { exact: true }).waitFor()

/** Both pages show the volume in one place, and not in this one any more. */
const bothElsewhere = (than: string) =>
  until('both pages show the same', async () => {
    const [mine, theirs] = [await lettersOf(attending), await lettersOf(resident)]
    return mine === theirs && mine !== than && mine
  })

describe('on a slow line', () => {
  it('[XR-2] ten presses before any answer turn the volume ten steps', async () => {
    const [before, still] = [await state(), await lettersOf(resident)]
    await tool(attending, 'v')
    line.stall()
    for (let n = 0; n < 10; n++) await attending.keyboard.press('ArrowRight')
    await until('ten commands', async () => (await state()).seq === before.seq + 10)
    line.resume()
    const { rotation } = (await state()).volumePose
    expect(2 * Math.asin(rotation[1])).toBeCloseTo(10 * 12 * 0.008, 4)
    await bothElsewhere(still)
  })

  it('an answer to an earlier step takes nothing from a drag that goes on', async () => {
    const { x, y } = await canvasOf(attending)
    const [before, still] = [await state(), await lettersOf(resident)]
    line.stall()
    await attending.keyboard.press('ArrowRight')
    await until('the step', async () => (await state()).seq === before.seq + 1)
    const stepped = await bothElsewhere(still)
    await attending.mouse.move(x, y)
    await attending.mouse.down()
    await attending.mouse.move(x - 150, y)
    const dragged = await bothElsewhere(stepped)
    line.resume()
    // a notice of the server's own that comes after the answer
    await resident.getByTestId('raise-hand').click()
    await attending.getByText('hand up').waitFor()
    expect(await lettersOf(attending)).toBe(dragged)
    expect(await lettersOf(resident)).toBe(dragged)
    await attending.mouse.up()
    await until('the drag lasts', async () => {
      const { volumePose } = await state()
      return volumePose.rotation[1] < before.volumePose.rotation[1]
    })
    expect(await lettersOf(attending)).toBe(dragged)
    await resident.getByTestId('raise-hand').click()
  })
})

describe('the lead', () => {
  it('[ROLE-2] taken in the middle of a drag ends the drag, without a word of refusal', async () => {
    await attending.getByRole('button', { name: 'Hand over the lead to Ben Resident' }).click()
    await lead(resident, 'You lead')
    await tool(resident, 'v')
    const [before, still] = [await state(), await lettersOf(resident)]
    const { x, y } = await canvasOf(resident)
    await resident.mouse.move(x, y)
    await resident.mouse.down()
    await resident.mouse.move(x + 80, y)
    await bothElsewhere(still)
    await attending.getByTestId('take-lead').click()
    await until('let go of', async () => (await lettersOf(resident)) === still)
    await resident.mouse.move(x + 160, y)
    expect(await lettersOf(resident)).toBe(still)
    await resident.mouse.up()
    await tool(resident, 'p')
    await resident.mouse.click(x, y)
    const after = await until('a mark, asked for after all of it', async () => {
      const now = await state()
      return Object.keys(now.annotations).length === 1 && now
    })
    expect(after.seq).toBe(before.seq + 2) // the lead, and the mark
    expect(after.volumePose).toEqual(before.volumePose)
    expect(await resident.getByTestId('notice').textContent()).toBe('')
    await until('nor for the attending', async () => (await lettersOf(attending)) === still)
  })
})

describe('the canvas by keyboard', () => {
  it('[XR-2] a cross shows where Enter will mark, until the keys go elsewhere', async () => {
    const cross = attending.locator('.stage-cursor')
    await tool(attending, 'p')
    expect(await cross.isVisible()).toBe(false)
    await attending.keyboard.press('ArrowRight')
    const { x, y } = await canvasOf(attending)
    const middle = () =>
      cross.evaluate((element) => {
        const { left, top, width, height } = element.getBoundingClientRect()
        return { x: left + width / 2, y: top + height / 2 }
      })
    expect(await cross.isVisible()).toBe(true)
    expect(await middle()).toEqual({ x: x + 12, y })
    const count = Object.keys((await state()).annotations).length
    await attending.keyboard.press('Enter')
    await until('a mark', async () => Object.keys((await state()).annotations).length === count + 1)
    await attending.keyboard.press('Tab')
    expect(await cross.isVisible()).toBe(false)
  })

  it('[XR-2] [MARK-1] a laser moved by keys goes out when the keys go elsewhere', async () => {
    await tool(attending, 'l')
    await attending.keyboard.press('ArrowLeft')
    await until('initials', async () => (await labelsOf(resident, 'initials')).includes('AL'))
    await attending.keyboard.press('Tab')
    await until('none', async () => !(await labelsOf(resident, 'initials')).includes('AL'))
    await tool(attending, 'v')
  })
})

describe('what can go wrong with the picture', () => {
  it('graphics that are taken away are told, and the picture is the same when they come back', async () => {
    const before = await pictureOf(resident)
    const graphics = await resident.getByTestId('volume').evaluateHandle((canvas) => {
      const gl = (canvas as HTMLCanvasElement).getContext('webgl2')
      return gl?.getExtension('WEBGL_lose_context') as WEBGL_lose_context
    })
    await graphics.evaluate((extension) => extension.loseContext())
    await until('words', async () => /graphics were taken away/.test(await statusOf(resident)))
    await resident.getByTestId('notice').getByText('taken the graphics away').waitFor()
    await graphics.evaluate((extension) => extension.restoreContext())
    await resident.getByTestId('notice').getByText('The picture is back').waitFor()
    const after = await pictureOf(resident)
    expect(after.equals(before)).toBe(true)
  })

  it('a volume that the page was not given is said to be missing', async () => {
    const observer = await joinPage(browser, links.observer, 'Olga Observes', desk, (page) =>
      page.route(/\/api\/cases\/[^/]+$/, async (route) => {
        const response = await route.fetch()
        const details = (await response.json()) as { volumes: object[] }
        const volumes = details.volumes.map((volume) => ({ ...volume, volumeId: 'another' }))
        await route.fulfill({ response, json: { ...details, volumes } })
      }),
    )
    await until('words', async () =>
      /does not know the volume that is shown/.test(await statusOf(observer)),
    )
    expect(await labelsOf(observer, 'orientation')).toEqual([])
    expect(await labelsOf(observer, 'mark')).toEqual([])
    await observer.context().close()
  })

  it('a server that does not answer for the volume is told, and tried again', async () => {
    let silent = true
    const observer = await joinPage(browser, links.observer, 'Olga Again', desk, (page) =>
      page
        .context()
        .route(/\/zarr\.json$|\/c\//, (route) =>
          silent ? route.abort('connectionrefused') : route.continue(),
        ),
    )
    await until('words', async () => /trying again in \d s/.test(await statusOf(observer)))
    silent = false
    await until('a picture', async () => /, sharp( |$)/.test(await statusOf(observer)), 30_000)
    await observer.context().close()
  })
})

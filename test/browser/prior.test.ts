import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endStates, type ImportStatus } from '../../shared/case/import.ts'
import type { Prior } from '../../shared/conference/looks.ts'
import { turnDegrees } from '../../shared/geometry/prior-alignment.ts'
import { twoStudies } from '../integration/two-studies.ts'
import { openBrowser } from '../support/open-browser.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { joinPage, pictureOf, stateOf } from './conference-person.ts'
import { desk, openPage, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let token: string
/** Of one patient: the case, the one a week before, and one that lies in another space. */
let now: string
let before: string
let elsewhere: string
let leader: Page
let observer: Page
let conferenceId: string

beforeAll(async () => {
  caseroom = await Caseroom.spawn()
  await caseroom.opened()
  browser = await openBrowser()
  token = caseroom.token('clinician')
  const { earlier, later } = twoStudies()
  now = await bring(later.slice(0, 12))
  before = await bring(earlier.slice(0, 8))
  elsewhere = await bring(earlier.slice(0, 8).map(asOtherSpace))
  for (const caseId of [now, before, elsewhere]) {
    await call('POST', `/api/cases/${caseId}/face`, {
      action: 'waive',
      name: 'Dr Okafor',
      reason: 'tumour board',
    })
  }
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await caseroom.call(method, path, { token, ...(body !== undefined && { body }) })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

async function bring(contents: readonly Buffer[]): Promise<string> {
  const form = new FormData()
  for (const bytes of contents) form.append('files', new Blob([Uint8Array.from(bytes)]), 'image')
  const { importId } = await call<{ importId: string }>('POST', '/api/imports', form)
  const { caseIds } = await until(
    'the import ends',
    async () => {
      const status = await call<ImportStatus>('GET', `/api/imports/${importId}`)
      return endStates.includes(status.state) ? status : undefined
    },
    60_000,
  )
  return caseIds[0] as string
}

/** The image in a study, a series and a frame of reference of its own, a year before. */
function asOtherSpace(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes)
  for (const element of ['0d00', '0e00', '5200']) {
    const at = changed.indexOf(Buffer.from(`2000${element}5549`, 'hex'))
    changed.write('9', at + 7 + changed.readUInt16LE(at + 6), 'latin1')
  }
  changed.write('20140131', changed.indexOf(Buffer.from('080020004441', 'hex')) + 8, 'latin1')
  return changed
}

const state = async () =>
  (await stateOf(caseroom, conferenceId)) as unknown as { seq: number; prior: Prior }
const wordsOver = (page: Page) => page.locator('.stage-label-name:not([hidden])').allTextContents()
const panelOf = async (page: Page) => {
  await page.getByTestId('tab-view').click()
  return page.getByTestId('prior')
}
async function compareWith(page: Page, words: string): Promise<void> {
  const panel = await panelOf(page)
  await panel.getByTestId('prior-choice').click()
  await page.getByRole('option', { name: words }).click()
}

/** Mean light of the left and the right part of a picture, 0…255. */
function light(page: Page, picture: Buffer): Promise<{ left: number; right: number }> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const { width, height } = bitmap
    const context = new OffscreenCanvas(width, height).getContext('2d')
    context?.drawImage(bitmap, 0, 0)
    const mean = (x: number, w: number) => {
      const data = context?.getImageData(x, 0, w, height).data ?? []
      let sum = 0
      for (let at = 0; at < data.length; at += 4) sum += Math.max(data[at]!, data[at + 1]!)
      return sum / (data.length / 4)
    }
    const part = Math.round(width * 0.35)
    return { left: mean(0, part), right: mean(width - part, part) }
  }, picture.toString('base64'))
}

describe('a case and the same patient’s earlier ones', () => {
  it('[CASE-6] the library offers the priors of a case, nearest first, and opens one beside it', async () => {
    const { attending } = await caseroom.opened()
    const { page, faults } = await openPage(browser, attending)
    await page.getByRole('heading', { name: 'Library' }).waitFor()
    await page.goto(`${caseroom.url}/library?case=${now}`)
    await page.getByTestId('prior-choice').click()
    const options = await page.getByRole('option').allTextContents()
    expect(options).toEqual([
      'No prior',
      'CT brain · 7 days earlier · 1 volume',
      'CT brain · 12 months earlier · 1 volume',
    ])
    await page.getByRole('option', { name: '7 days earlier' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Open conference' }).click()
    const question = page.getByTestId('same-patient')
    await question.getByText('without who issued it').waitFor()
    expect(await violations(page)).toEqual([])
    await question.getByRole('button', { name: 'Do not compare' }).click()
    await question.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Open conference' }).click()
    await question.getByRole('button', { name: 'It is the same patient' }).click()
    await page.getByTestId('conference-code').waitFor()
    type Listed = { conferences: { conferenceId: string; caseId: string; priorCaseId?: string }[] }
    const { conferences } = await call<Listed>('GET', '/api/conferences')
    expect(conferences[0]).toMatchObject({ caseId: now, priorCaseId: before })
    expect(faults).toEqual([])
    await page.context().close()
  })
})

/** Opened beside a prior, with somebody who leads and somebody who watches. */
async function meet(priorCaseId: string): Promise<void> {
  type Opened = { conferenceId: string; links: Record<'attending' | 'observer', string> }
  const body = { caseId: now, priorCaseId, samePatient: true }
  const opened = await call<Opened>('POST', '/api/conferences', body)
  conferenceId = opened.conferenceId
  leader = await joinPage(browser, opened.links.attending, 'Dr Okafor', desk)
  leader.setDefaultTimeout(10_000)
  observer = await joinPage(browser, opened.links.observer, 'Olga Observes', desk)
  await leader.getByTestId('leading').getByText('You lead', { exact: true }).waitFor()
}
async function part(): Promise<void> {
  await leader.context().close()
  await observer.context().close()
}

describe('compared in one frame of reference', () => {
  const title = 'Prior · 7 days earlier · CT · axial · kernel UB · 2.4 mm'
  beforeAll(() => meet(before))
  afterAll(part)

  it('[CASE-6] stands to the right of the shown volume, with its words and its own letters', async () => {
    const alone = await light(leader, await pictureOf(leader))
    expect(alone.right / alone.left).toBeCloseTo(1, 0)
    await compareWith(leader, title)
    await until('it is there whole', async () => {
      const words = await wordsOver(leader)
      return words[0] === title && words[1] === 'Aligned by frame of reference'
    })
    const beside = await light(leader, await pictureOf(leader))
    expect(beside.right).toBeGreaterThan(2 * beside.left)
    expect(await leader.locator('.stage-label-orientation').count()).toBe(12)
    const { prior } = await state()
    expect(prior).toMatchObject({ arrangement: 'beside', alignment: 'frame-of-reference' })
    expect(await violations(leader)).toEqual([])
  })

  it('[CASE-6] is the same for who watches, who can read all of it and change nothing', async () => {
    await until('the words', async () => (await wordsOver(observer)).includes(title))
    const panel = await panelOf(observer)
    const text = await panel.textContent()
    for (const words of [title, 'Beside the shown volume', 'Aligned by frame of reference']) {
      expect(text).toContain(words)
    }
    expect(await panel.getByRole('button').count()).toBe(0)
    expect(await panel.getByRole('slider').count()).toBe(0)
    expect(await violations(observer)).toEqual([])
  })

  it('[CASE-6] is turned with the shown volume', async () => {
    const places = () =>
      leader
        .locator('.stage-label-orientation', { hasText: 'A' })
        .evaluateAll((all) => (all as HTMLElement[]).map(({ style }) => style.transform))
    const [own, prior] = await places()
    const shown = await places()
    expect(own).not.toBe(prior)
    await leader.getByTestId('volume').focus()
    await leader.keyboard.press('v')
    for (let n = 0; n < 5; n++) await leader.keyboard.press('ArrowRight')
    await until('both have turned', async () => {
      const turned = await places()
      return turned.every((place, n) => place !== shown[n]) || undefined
    })
  })

  it('[CASE-6] is blended in the same place by its share', async () => {
    const panel = await panelOf(leader)
    await panel.getByRole('radio', { name: 'Blended' }).click()
    await until('blended', async () => (await state()).prior.arrangement === 'blended')
    await panel.getByRole('slider').focus()
    await leader.keyboard.press('ArrowRight')
    await until('its share', async () => (await state()).prior.blend === 0.55)
    const words = '55 % of the picture · Aligned by frame of reference'
    await until('the words', async () => (await wordsOver(observer)).includes(words))
    const { left, right } = await light(leader, await pictureOf(leader))
    expect(right / left).toBeCloseTo(1, 0)
  })

  it('[CASE-6] goes away with its words', async () => {
    const panel = await panelOf(leader)
    await panel.getByRole('button', { name: 'Show the volume alone' }).click()
    for (const page of [leader, observer]) {
      await until('no words', async () => (await wordsOver(page)).length === 0)
      expect(await page.locator('.stage-label-orientation').count()).toBe(6)
    }
    expect((await state()).prior.volumeId).toBe('')
  })
})

describe('compared across two spaces', () => {
  const title = 'Prior · 12 months earlier · CT · axial · kernel UB · 2.4 mm'
  const warning = 'Middle on middle, not aligned: check before you compare'
  const aligned = 'Aligned by hand by Dr Okafor: check before you compare'
  beforeAll(() => meet(elsewhere))
  afterAll(part)

  it('[CASE-6] is said not to be aligned, on every screen', async () => {
    await compareWith(leader, title)
    for (const page of [leader, observer]) {
      await until('the words', async () =>
        (await wordsOver(page)).some((words) => words.endsWith(warning)),
      )
      expect(await (await panelOf(page)).textContent()).toContain(warning)
    }
    expect((await state()).prior).toMatchObject({ alignment: 'by-hand', rotation: [0, 0, 0, 1] })
  })

  it('[CASE-6] is moved and turned by presses, each of which counts', async () => {
    const [x, y, z] = (await state()).prior.translationMm
    const press = (name: string) => leader.getByRole('button', { name, exact: true }).click()
    for (let n = 0; n < 3; n++) await press('Move the prior 1 mm left')
    await press('Move the prior 1 mm anterior')
    await leader.getByRole('radio', { name: '10 mm, 5°' }).click()
    await press('Move the prior 10 mm towards the feet')
    await press('Turn the prior 5°, A to L')
    const { prior } = await until('all of it', async () => {
      const told = await state()
      return turnDegrees(told.prior.rotation) > 4 ? told : undefined
    })
    const moved = prior.translationMm.map((mm, n) => mm - ([x, y, z][n] ?? 0))
    for (const [n, mm] of [3, -1, -10].entries()) expect(moved[n]).toBeCloseTo(mm, 9)
    expect(turnDegrees(prior.rotation)).toBeCloseTo(5, 6)
    const panel = await panelOf(observer)
    await panel.getByText('Turned 5.0° in all').waitFor()
    await panel.getByText(aligned).waitFor()
    await until('who it was', async () =>
      (await wordsOver(observer)).some((words) => words.endsWith(aligned)),
    )
    expect(await violations(leader)).toEqual([])
    await leader.getByRole('button', { name: 'Middle on middle' }).scrollIntoViewIfNeeded()
    await press('Middle on middle')
    await until('middle on middle', async () => {
      const told = (await state()).prior
      return (
        turnDegrees(told.rotation) === 0 && told.translationMm.every((mm, n) => mm === [x, y, z][n])
      )
    })
  })
})

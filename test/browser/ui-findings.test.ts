import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findingsView } from '../../shared/findings/findings-view.ts'
import { Attendant } from '../support/attendant.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type OpenedConference, openConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { orthancLogin, startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { until } from '../support/until.ts'
import { statusOf } from './conference-person.ts'
import { desk, type Faults, join, openPage, phone, violations } from './ui-page.ts'

let orthanc: TestOrthanc
let caseroom: Caseroom
let browser: Browser
let conference: OpenedConference
let colleague: Attendant
let room: Page
let page: Page
let faults: Faults

beforeAll(async () => {
  orthanc = await startOrthanc()
  caseroom = await startCaseroom({
    env: {
      DEMO_CASE: 'on',
      PACS_DICOMWEB_URL: orthanc.dicomWebUrl,
      PACS_USERNAME: orthancLogin.username,
      PACS_PASSWORD: orthancLogin.password,
    },
  })
  await caseroom.opened()
  conference = await openConference(caseroom)
  const { attending } = conference.links
  colleague = await Attendant.join(caseroom.url, attending, 'Dr Ben Colleague')
  for (const [annotationId, text] of [
    ['first', 'Nodule in the left lung'],
    ['second', 'Leave this one out'],
  ]) {
    await colleague.command('addAnnotation', {
      annotationId,
      kind: 'text',
      pointsMm: [[10, -20, -120]],
      text,
    })
  }
  browser = await openBrowser()
  ;({ page: room, faults } = await openPage(browser, attending))
  room.setDefaultTimeout(20_000)
  await join(room, 'Dr Ada Okafor')
})
afterAll(async () => {
  await colleague?.leave()
  await browser?.close()
  await caseroom?.remove()
  await orthanc?.remove()
})

const fromMenu = async (testId: string) => {
  await room.getByTestId('more').click()
  await room.getByTestId(testId).click()
}
const view = async () => {
  const path = `/api/conferences/${conference.conferenceId}/findings`
  const token = caseroom.token('clinician')
  return findingsView.parse(await (await caseroom.call('GET', path, { token })).json())
}
/** The brightest grey of a picture on the page in a part of it, 0…1 from its top left. */
const brightest = (picture: { x: number; y: number; width: number; height: number }) =>
  page.locator('.key-image-picture').evaluate((image: HTMLImageElement, part) => {
    const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const [w, h] = [canvas.width, canvas.height]
    const [x, y] = [part.x * w, part.y * h]
    const data = context?.getImageData(x, y, part.width * w, part.height * h).data ?? []
    return Math.max(...Array.from({ length: data.length / 4 }, (_, n) => data[4 * n] ?? 0))
  }, picture)

describe('the findings of a conference', () => {
  it('[OUT-2] an attending keeps the view with its letters and “Not for diagnosis”', async () => {
    await until('the volume is drawn', async () => /\d ?[³×]/.test(await statusOf(room)), 60_000)
    await fromMenu('keep-view')
    await room.getByTestId('notice').getByText('kept as a key image').waitFor()
    const [image] = (await view()).keyImages
    expect(image?.by).toBe('Dr Ada Okafor')
  })

  it('[OUT-1] opens the findings from the conference, by the seat, without leaving it', async () => {
    const opened = room.context().waitForEvent('page')
    await fromMenu('findings')
    page = await opened
    page.setDefaultTimeout(20_000)
    page.on('pageerror', (error) => faults.push(`threw ${error.message}`))
    await page.getByRole('heading', { name: 'Findings', exact: true }).waitFor()
    expect(page.url()).toBe(`${caseroom.url}/findings/${conference.conferenceId}`)
    await page.getByTestId('findings-marks').getByText('Nodule in the left lung').waitFor()
    await page.getByText('2 marks of 2 will be sent').waitFor()
    await page
      .getByTestId('who-was-there')
      .getByText(/Dr Ben Colleague.*Dr Ada Okafor/)
      .waitFor()
    await room.getByTestId('participants').getByText('you · attending').waitFor()
  })

  it('[OUT-2] shows the key image, and words where no tissue is', async () => {
    await page.locator('.key-image-picture').waitFor()
    const corner = { x: 0, y: 0, width: 0.25, height: 0.1 }
    await until('words in its corner', async () => (await brightest(corner)) > 100)
  })

  it('[OUT-3] minutes begin with who was there, and are saved as they are typed', async () => {
    const minutes = page.getByTestId('minutes')
    expect(await minutes.inputValue()).toMatch(/Present: .*Dr Ada Okafor\n\nAgreed:\n$/)
    expect((await view()).minutes.version).toBe(0)
    await minutes.press('Control+End')
    await minutes.pressSequentially('Surgery first. Größe prüfen.')
    await page.getByTestId('minutes-state').getByText('Saved.').waitFor()
    expect((await view()).minutes.text).toContain('Surgery first. Größe prüfen.')
    await page.reload()
    await page.getByTestId('minutes').waitFor()
    expect(await page.getByTestId('minutes').inputValue()).toContain('Surgery first.')
  })

  it('[OUT-3] another page’s minutes are never overwritten unseen', async () => {
    const { text, version } = (await view()).minutes
    const saved = await caseroom.call(
      'PUT',
      `/api/conferences/${conference.conferenceId}/findings/minutes`,
      { token: caseroom.token('clinician'), body: { text: `${text} Theirs.`, version } },
    )
    expect(saved.status).toBe(200)
    await page.getByTestId('minutes').press('Control+End')
    await page.getByTestId('minutes').pressSequentially(' Mine.')
    await page.getByText('Somebody else saved other minutes').waitFor()
    expect((await view()).minutes.text).toMatch(/Theirs\.$/)
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: 'Take theirs' }).click()
    expect(await page.getByTestId('minutes').inputValue()).toMatch(/Theirs\.$/)
  })

  it('breaks no rule of access on a desk and on a phone', async () => {
    for (const { viewport } of [phone, desk]) {
      if (viewport) await page.setViewportSize(viewport)
      expect(await violations(page)).toEqual([])
    }
  })

  it('[OUT-1] while the PACS is away says why, and sends when it is back', async () => {
    await page.getByRole('checkbox', { name: /Leave this one out/ }).uncheck()
    await page.getByText('1 mark of 2 will be sent').waitFor()
    expect(await page.getByTestId('send-findings').isDisabled()).toBe(true)
    await page.getByTestId('signed-by').fill('Dr Ada Okafor')
    await orthanc.stop()
    await page.getByTestId('send-findings').click()
    await page.getByRole('alert').getByText('The PACS does not answer').waitFor()
    await page.getByTestId('findings-sent').getByText('Not sent.').waitFor()
    await orthanc.restart()
    await page.getByTestId('send-findings').click()
    await page.getByText('The PACS has key images, marks and measurements, minutes').waitFor()
    await page.getByTestId('findings-sent').getByText('In the PACS: key images').waitFor()
    expect(await violations(page)).toEqual([])
    const instances = (await (await orthanc.rest('GET', '/instances')).json()) as string[]
    expect(instances).toHaveLength(4)
  })

  it('[OUT-1] a clinician finds it in the library when the conference is over', async () => {
    await colleague.command('closeConference')
    const { page: library, faults: found } = await openPage(browser, `${caseroom.url}/library`)
    await library.getByRole('heading', { name: 'for those who are signed in' }).waitFor()
    await library.goto(`${caseroom.url}/findings/${conference.conferenceId}`)
    await library.getByRole('heading', { name: 'for those who are signed in' }).waitFor()
    expect(found).toEqual([])
    await library.context().close()
    const { attending } = await caseroom.opened()
    const clinician = await openPage(browser, attending)
    await join(clinician.page, 'Dr Chair')
    await clinician.page.goto(`${caseroom.url}/library`)
    await clinician.page.getByRole('heading', { name: 'Past conferences' }).waitFor()
    await clinician.page
      .locator('.past-conferences')
      .getByRole('link', { name: 'Findings' })
      .click()
    await clinician.page.getByTestId('findings-sent').getByText('In the PACS').waitFor()
    expect(await violations(clinician.page)).toEqual([])
    expect([...faults, ...clinician.faults]).toEqual([])
  })
})

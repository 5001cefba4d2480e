import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { desk, type Faults, join, openPage, phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let page: Page
let faults: Faults

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  const { dataDir } = caseroom
  await caseroom.stop()
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'off' }, dataDir })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

describe('the library', () => {
  it('tells whoever is not signed in how to get in, and shows nothing', async () => {
    const stranger = await openPage(browser, `${caseroom.url}/library`)
    await stranger.page.getByRole('heading', { name: 'for those who are signed in' }).waitFor()
    expect(await stranger.page.locator('table').count()).toBe(0)
    expect(await violations(stranger.page)).toEqual([])
    expect(stranger.faults).toEqual([])
    await stranger.page.context().close()
  })

  it('the printed link signs in once', async () => {
    const { attending } = await caseroom.opened()
    ;({ page, faults } = await openPage(browser, attending))
    page.setDefaultTimeout(20_000)
    await page.getByRole('heading', { name: 'Library' }).waitFor()
    expect(page.url()).toBe(`${caseroom.url}/library`)
    const again = await openPage(browser, attending)
    await again.page.getByText('has been used or has expired').waitFor()
    expect(await violations(again.page)).toEqual([])
    await again.page.context().close()
  })

  it('[EDU-1] lists cases with a rendered picture of each', async () => {
    const row = page.getByRole('row', { name: 'Chest CT, demo case' })
    await row.waitFor()
    const picture = row.locator('img')
    await page.waitForFunction(() => document.querySelector('img')?.complete)
    const { size, bright } = await picture.evaluate((image: HTMLImageElement) => {
      const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight)
      const context = canvas.getContext('2d')
      context?.drawImage(image, 0, 0)
      const pixels = context?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let bright = 0
      for (let i = 0; i < pixels.length; i += 4) if ((pixels[i] ?? 0) > 60) bright++
      return { size: image.naturalWidth, bright: bright / (pixels.length / 4) }
    })
    expect(size).toBe(320)
    expect(bright).toBeGreaterThan(0.1)
  })

  it('[EDU-1] narrows by words and by modality, and says when nothing is left', async () => {
    const rows = page.locator('tbody tr')
    await page.getByRole('searchbox').fill('chest')
    await rows.first().waitFor()
    await page.getByRole('searchbox').fill('no such words')
    await page.getByRole('heading', { name: 'No case matches' }).waitFor()
    await page.getByRole('button', { name: 'Show all cases' }).click()
    await rows.first().waitFor()
    await page.getByRole('radio', { name: 'MR' }).check({ force: true })
    await page.getByRole('heading', { name: 'No case matches' }).waitFor()
    await page.getByRole('radio', { name: 'CT' }).check({ force: true })
    await rows.first().waitFor()
  })

  it('breaks no rule of access on a desk, on a phone, in either theme', async () => {
    for (const { viewport } of [desk, phone]) {
      if (viewport) await page.setViewportSize(viewport)
      expect(await violations(page)).toEqual([])
    }
    await page.getByRole('button', { name: 'Use the light theme' }).click()
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.locator('tbody tr').first().waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
    await page.getByRole('button', { name: 'Use the dark theme' }).click()
    if (desk.viewport) await page.setViewportSize(desk.viewport)
  })

  it('opens a conference on a case, with a link for every role and a code', async () => {
    await page.locator('tbody tr').first().click()
    await page.getByRole('heading', { name: 'Volumes' }).waitFor()
    expect(await page.locator('.volumes').textContent()).toContain('512 × 512 × 135 voxels')
    await page.getByRole('button', { name: 'Open conference' }).click()
    const code = await page.getByTestId('conference-code').textContent()
    expect(code).toMatch(/^[A-Z0-9]{6}$/)
    expect(await violations(page)).toEqual([])
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy the observer link' }).click()
    await page.getByText('Copied').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toBe(await page.getByTestId('link-observer').textContent())
    const observer = await openPage(browser, copied)
    await join(observer.page, 'Olga Observes')
    await page.getByRole('link', { name: 'Join now' }).click()
    await join(page, 'Dr Opens')
    await page.getByTestId('participants').getByText('Olga Observes').waitFor()
    await observer.page.getByTestId('participants').getByText('attending · leads').waitFor()
    expect(observer.faults).toEqual([])
    await observer.page.context().close()
  })

  it('lists the open conference, and takes whoever opened it back in as attending', async () => {
    await page.goto(`${caseroom.url}/library`)
    await page.getByRole('heading', { name: 'Open conferences' }).waitFor()
    await page.getByRole('button', { name: 'Join as attending' }).first().click()
    await join(page, 'Dr Returns')
    await page.getByTestId('participants').getByText('you · attending').waitFor()
  })

  it('signs out, and is closed again', async () => {
    await page.goto(`${caseroom.url}/import`)
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('heading', { name: 'for those who are signed in' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'for those who are signed in' }).waitFor()
    expect(faults).toEqual([])
  })
})

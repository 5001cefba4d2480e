import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Installation } from '../support/installation.ts'
import { openConference } from '../support/open-conference.ts'
import { until } from '../support/until.ts'
import {
  hears,
  isOpen,
  isSaid,
  joinWithMedia,
  microphoneAllowed,
  openMediaBrowser,
  pitch,
  seesFrames,
  speak,
  watched,
} from './media-page.ts'

const toneHz = 480

let installation: Installation
let browser: Browser
beforeAll(async () => {
  installation = await Installation.start({ database: 'postgres', env: { DEMO_CASE: 'on' } })
  browser = await openMediaBrowser()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await installation?.remove()
})

const windowCenter = (page: Page) => page.getByTestId('window-center').inputValue()
const loadedAt = (page: Page) => page.evaluate(() => performance.timeOrigin)
const people = (page: Page) => page.getByTestId('participants').locator('li').count()

it('[OPS-2] two pages go on, see and hear each other after the process of their conference died', async () => {
  const [first] = installation.processes
  const { links } = await openConference(first!)
  const through = (link: string) => installation.door.url + link.slice(new URL(link).origin.length)
  const come = async (link: string, name: string) =>
    (await joinWithMedia(browser, through(link), name, microphoneAllowed, { toneHz })).page
  const attending = await come(links.attending, 'Dr Ada Okafor')
  const resident = await come(links.resident, 'Ben Resident')
  await speak(attending)
  await attending.getByTestId('share-view').click()
  await hears(resident)
  await watched(resident).waitFor()
  await seesFrames(resident)
  const pages = [attending, resident]
  const loaded = await Promise.all(pages.map(loadedAt))

  await installation.end(await installation.host(), 'SIGKILL')
  await isSaid(attending, 'You are back.')
  await hears(resident)
  await seesFrames(resident)
  expect(Math.abs((await pitch(resident)) - toneHz)).toBeLessThan(10)
  expect(await isOpen(attending)).toBe(true)
  const was = await windowCenter(resident)
  await attending.keyboard.press('n')
  await until('another preset is seen by both', async () => {
    const [own, seen] = await Promise.all(pages.map(windowCenter))
    return seen !== was && seen === own
  })
  expect(await Promise.all(pages.map(people))).toEqual([2, 2])
  expect(await Promise.all(pages.map(loadedAt))).toEqual(loaded)
})

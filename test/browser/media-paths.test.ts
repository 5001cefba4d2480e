import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import {
  hears,
  joinWithMedia,
  microphoneAllowed,
  openConference,
  openMediaBrowser,
  pitch,
  protocols,
  seesFrames,
  speak,
  watched,
} from './media-page.ts'

const toneHz = 660

let caseroom: Caseroom
let browser: Browser

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  browser = await openMediaBrowser()
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

it.each(['udp', 'tcp'] as const)('[AV-1] voice and view go over %s alone', async (only) => {
  const { links } = await openConference(caseroom)
  const come = async (link: string, name: string): Promise<Page> =>
    (await joinWithMedia(browser, link, name, microphoneAllowed, { toneHz, only })).page
  const attending = await come(links.attending, 'Dr Ada Okafor')
  const resident = await come(links.resident, 'Ben Resident')
  await speak(attending)
  await hears(resident)
  expect(Math.abs((await pitch(resident)) - toneHz)).toBeLessThan(10)
  await attending.getByTestId('share-view').click()
  await watched(resident).waitFor()
  await seesFrames(resident)
  expect(await protocols(attending)).toEqual([only])
  expect(await protocols(resident)).toEqual([only])
  await attending.context().close()
  await resident.context().close()
})

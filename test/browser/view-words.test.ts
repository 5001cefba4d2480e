import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { letterAt } from './conference-person.ts'
import {
  joinWithMedia,
  openConference,
  openMediaBrowser,
  seesFrames,
  small,
  watched,
} from './media-page.ts'

let caseroom: Caseroom
let browser: Awaited<ReturnType<typeof openMediaBrowser>>
let attending: Page
let guest: Page

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  browser = await openMediaBrowser()
  const { links } = await openConference(caseroom)
  ;({ page: attending } = await joinWithMedia(browser, links.attending, 'Dr Ada Lead', small))
  ;({ page: guest } = await joinWithMedia(browser, links.resident, 'Ben Resident', small))
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

/**
 * How much brighter than its surroundings the watched video is around a place of the sharer's pane,
 * 0…255; both by fractions of their width and height.
 */
function letterInVideo(at: { x: number; y: number }): Promise<number> {
  return watched(guest).evaluate((element, { x, y }) => {
    const video = element as HTMLVideoElement
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight)
    const context = canvas.getContext('2d')
    if (!context || canvas.width === 0) return 0
    context.drawImage(video, 0, 0)
    const size = Math.round(canvas.height / 32)
    const [left, top] = [x * canvas.width - size / 2, y * canvas.height - size / 2]
    const { data } = context.getImageData(left, top, size, size)
    const levels = Array.from({ length: size * size }, (_, n) => data[4 * n] ?? 0)
    return Math.max(...levels) - Math.min(...levels)
  }, at)
}

it('[AV-3] the video has the patient’s letters where the sharer sees them', async () => {
  const pane = await attending.getByTestId('volume').boundingBox()
  if (!pane) throw new Error('no pane')
  await attending.getByTestId('share-view').click()
  await watched(guest).waitFor()
  await seesFrames(guest)
  // the smallest layer is all that a small element asks for
  await guest.getByRole('button', { name: 'Make the view larger' }).click()
  for (const letter of ['R', 'L', 'H', 'F']) {
    const { x, y } = await letterAt(attending, letter)
    const there = { x: x / pane.width, y: y / pane.height }
    await until(`${letter} in the video`, async () => (await letterInVideo(there)) > 90, 30_000)
  }
  expect(await letterInVideo({ x: 0.5, y: 0.98 })).toBeLessThan(40)
})

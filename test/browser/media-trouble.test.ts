import { readdirSync, readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import {
  hears,
  isOpen,
  isSaid,
  joinWithMedia,
  microphoneAllowed,
  openConference,
  openMediaBrowser,
  pitch,
  seesFrames,
  speak,
  watched,
} from './media-page.ts'

const toneHz = 520

let caseroom: Caseroom
let browser: Browser
let attending: Page
let resident: Page

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  await caseroom.opened()
  browser = await openMediaBrowser()
  const { links } = await openConference(caseroom)
  const come = async (link: string, name: string) =>
    (await joinWithMedia(browser, link, name, microphoneAllowed, { toneHz })).page
  attending = await come(links.attending, 'Dr Ada Okafor')
  resident = await come(links.resident, 'Ben Resident')
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

/** The media workers that this very server has started. */
function workerPids(): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8')
      return /^Name:\tmediasoup/m.test(status) && status.includes(`\nPPid:\t${caseroom.pid}\n`)
    } catch {
      return false // it ended while it was looked at
    }
  })
}

it('[AV-1] [AV-3] voice and view come back by themselves after their worker is killed', async () => {
  await speak(attending)
  await attending.getByTestId('share-view').click()
  await hears(resident)
  await watched(resident).waitFor()
  await seesFrames(resident)
  const [pid] = workerPids()
  if (pid === undefined) throw new Error('the server has no media worker')
  const connections = () => resident.evaluate(() => window.peerConnections.length)
  const before = await connections()
  process.kill(pid, 'SIGKILL')
  await until('new connections', async () => (await connections()) > before)
  await hears(resident)
  await seesFrames(resident)
  expect(Math.abs((await pitch(resident)) - toneHz)).toBeLessThan(10)
  expect(workerPids()).not.toContain(pid)
  expect(await isOpen(attending)).toBe(true)
})

it('[AV-1] who had closed their microphone comes back with it closed', async () => {
  await speak(attending)
  await until('closed', async () => !(await isOpen(attending)))
  const pids = workerPids()
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  await until('another worker', () => workerPids().some((pid) => !pids.includes(pid)))
  const words = resident.getByTestId('participants').locator('li', { hasText: 'Dr Ada Okafor' })
  await words.getByText('microphone off').waitFor()
  await seesFrames(resident)
  await speak(attending)
  await hears(resident)
})

it('[AV-1] an installation without media says so, and opens no microphone that nobody hears', async () => {
  const silent = await startCaseroom({ env: { DEMO_CASE: 'on', MEDIA_WORKERS: '0' } })
  try {
    const { attending: link } = await silent.opened()
    const { page, faults } = await joinWithMedia(browser, link, 'Dr Ada Okafor')
    await page.getByTestId('status').getByText('no sound').waitFor()
    await speak(page)
    await isSaid(page, 'Voice and video are not available on this server just now.')
    expect(await isOpen(page)).toBe(false)
    expect(faults).toEqual([])
    await page.context().close()
  } finally {
    await silent.remove()
  }
})

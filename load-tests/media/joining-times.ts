import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../test/support/open-browser.ts'
import { startCaseroom } from '../../test/support/start-caseroom.ts'
import type { JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { spread } from '../statistics.ts'
import { table } from '../table.ts'
import { fakeDevices } from './open-sending-page.ts'
import { writeToneFile } from './tone-file.ts'

declare global {
  interface Window {
    /** The page's own clock, when the first of each was made, or came out of its decoder. */
    firsts: { connection?: number; sound?: number; picture?: number }
  }
}

const rounds = 5
const viewport = { width: 900, height: 600 }
const longestMs = 60_000

/** What a guest waits for, from the press of "join": the attending's voice, and their view. */
export async function joiningTimes(): Promise<{ text: string; budgets: JudgedBudget[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-tone-'))
  const tone = join(folder, 'tone.wav')
  writeToneFile(tone)
  const caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  const browser = await openBrowser({
    extraFlags: [...fakeDevices, `--use-file-for-fake-audio-capture=${tone}`],
  })
  try {
    const { attending, guests } = await caseroom.opened()
    await startSending(browser, attending)
    const times: Required<Window['firsts']>[] = []
    for (let round = 0; round < rounds; round++) times.push(await joinOnce(browser, guests))
    const ms = (of: (time: (typeof times)[number]) => number) => spread(times.map(of), 0)
    const text = table(
      ['from the press of "join" to', `ms, ${rounds} guests one after the other`],
      [
        ['the first transport: the page, the room and its state', ms((t) => t.connection)],
        ['the first sound', ms((t) => t.sound)],
        ['the first picture of the view', ms((t) => t.picture)],
        ['from the transport to the sound', ms((t) => t.sound - t.connection)],
        ['from the transport to the picture', ms((t) => t.picture - t.connection)],
      ],
    )
    const waited = (what: string, values: number[], atMost: number, why: string) =>
      judgeFigures({ what, values, unit: 'ms', digits: 0, limit: { atMost }, why })
    const budgets = [
      waited(
        'from the press of “join” to the first sound',
        times.map((t) => t.sound),
        3_000,
        'who comes late hears the sentence that is being said',
      ),
      waited(
        'from the press of “join” to the first picture of the view',
        times.map((t) => t.picture),
        4_000,
        'a device that cannot draw has nothing else to show',
      ),
    ]
    return { text, budgets }
  } finally {
    await browser.close()
    await caseroom.remove()
    rmSync(folder, { recursive: true })
  }
}

async function startSending(browser: Browser, link: string): Promise<void> {
  const page = await openPage(browser, link)
  await page.getByTestId('join').click()
  const microphone = page.getByTestId('microphone').first()
  await microphone.click({ timeout: longestMs })
  await page.waitForSelector('[data-testid=microphone][data-state=open]', { timeout: longestMs })
  await page.getByTestId('share-view').first().click()
  await page.waitForSelector('[data-testid=share-view][aria-pressed=true]', { timeout: longestMs })
}

async function joinOnce(browser: Browser, link: string): Promise<Required<Window['firsts']>> {
  const page = await openPage(browser, link)
  await page.evaluate(watchDecoders)
  const startMs = await page.evaluate(() => performance.now())
  await page.getByTestId('join').click()
  const {
    connection = Number.NaN,
    sound = Number.NaN,
    picture = Number.NaN,
  } = await page
    .waitForFunction(() => window.firsts.sound && window.firsts.picture && window.firsts, null, {
      timeout: longestMs,
    })
    .then((firsts) => firsts.jsonValue() as Promise<Window['firsts']>)
  await page.context().close()
  return {
    connection: connection - startMs,
    sound: sound - startMs,
    picture: picture - startMs,
  }
}

async function openPage(browser: Browser, link: string): Promise<Page> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  await page.goto(link)
  await page.getByTestId('join-name').fill('Bench')
  return page
}

/** In the page, before it connects: looks at what every connection has decoded, each 10 ms. */
function watchDecoders(): void {
  window.firsts = {}
  const connections: RTCPeerConnection[] = []
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration)
      connections.push(this)
      window.firsts.connection ??= performance.now()
    }
  }
  setInterval(async () => {
    for (const connection of connections) {
      for (const stat of (await connection.getStats()).values()) {
        if (stat.type !== 'inbound-rtp') continue
        if (stat.totalAudioEnergy > 0) window.firsts.sound ??= performance.now()
        if (stat.framesDecoded > 0) window.firsts.picture ??= performance.now()
      }
    }
  }, 10)
}

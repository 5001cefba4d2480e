import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freeMediaPort } from '../support/free-media-port.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { MediaFirewall } from '../support/media-firewall.ts'
import { startCaseroom } from '../support/start-caseroom.ts'
import { relayIp, startTurn, type TestTurn } from '../support/start-turn.ts'
import { until } from '../support/until.ts'
import {
  energyPerSecond,
  hears,
  isSaid,
  joinWithMedia,
  microphoneAllowed,
  openConference,
  openMediaBrowser,
  paths,
  pitch,
  speak,
} from './media-page.ts'

const toneHz = 580
const secret = 'known to the relay and the house'
const sfuIp = '127.0.0.1'
const announcedIp = '127.0.0.2'
const relayOutsideIp = '127.0.0.5'

let browser: Browser
let turn: TestTurn
const ends: (() => Promise<void> | void)[] = []
beforeAll(async () => {
  turn = await startTurn({ secret, externalIp: relayOutsideIp })
  browser = await openMediaBrowser()
})
afterAll(async () => {
  await browser?.close()
  for (const end of ends.reverse()) await end()
  await turn?.stop()
})

/** An installation whose media ports only the relay can reach; it ends with this file. */
async function openGuarded(env: { TURN_URL: string; TURN_SECRET: string }) {
  const port = await freeMediaPort()
  const firewall = await MediaFirewall.open({
    announcedIp,
    sfuIp,
    port,
    allowedIp: relayIp,
    translatedIp: relayOutsideIp,
  })
  ends.push(() => firewall.close())
  const caseroom = await startCaseroom({
    env: {
      DEMO_CASE: 'on',
      LOG_LEVEL: 'trace',
      MEDIA_PORT: `${port}`,
      MEDIA_LISTEN_IP: sfuIp,
      MEDIA_ANNOUNCED_ADDRESS: announcedIp,
      ...env,
    },
  })
  ends.push(() => caseroom.remove())
  await caseroom.opened()
  return { caseroom, firewall, links: (await openConference(caseroom)).links }
}

type GuardedHouse = Awaited<ReturnType<typeof openGuarded>>

const faults: string[][] = []

async function come(link: string, name: string): Promise<Page> {
  const { page, faults: found } = await joinWithMedia(browser, link, name, microphoneAllowed, {
    toneHz,
  })
  faults.push(found)
  return page
}

const isHeard = async (page: Page) => {
  await hears(page)
  expect(Math.abs((await pitch(page)) - toneHz)).toBeLessThan(10)
}

describe('an installation whose firewall lets only its relay through', () => {
  let house: GuardedHouse
  let line: LineBreaker
  let attending: Page
  let resident: Page
  beforeAll(async () => {
    house = await openGuarded({ TURN_URL: turn.url('udp'), TURN_SECRET: secret })
    line = await LineBreaker.open(house.caseroom.port)
    ends.push(() => line.close())
    const overLine = house.links.resident.replace(`:${house.caseroom.port}`, `:${line.port}`)
    attending = await come(house.links.attending, 'Dr Ada Okafor')
    resident = await come(overLine, 'Ben Resident')
  })
  afterAll(async () => {
    await attending?.context().close()
    await resident?.context().close()
  })

  it('[AV-6] voices go over the relay once no direct way is open', async () => {
    await speak(attending)
    await isHeard(resident)
    for (const page of [attending, resident]) {
      expect(await paths(page)).toEqual([{ type: 'relay', relayProtocol: 'udp' }])
    }
    expect(house.firewall.dropped, 'direct ways were tried').toBeGreaterThan(0)
    expect(faults.flat()).toEqual([])
  })

  it('[AV-6] the relay’s secret and what is made of it are in no log', async () => {
    const credential = await resident.evaluate(credentialOf)
    expect(credential).toMatch(/^[\w+/]{27}=$/)
    for (const secretly of [secret, credential]) {
      expect(house.caseroom.stderr).not.toContain(secretly)
    }
  })

  it('[AV-6] a relay that restarts is asked anew, with the credentials of the last join', async () => {
    const connections = () => resident.evaluate(() => window.peerConnections.length)
    const before = {
      connections: await connections(),
      credential: await resident.evaluate(credentialOf),
    }
    line.cut()
    await isSaid(resident, 'You are back.')
    const { port } = turn
    await turn.stop()
    await until('silence', async () => (await energyPerSecond(resident)) < 1e-5)
    turn = await startTurn({ secret, externalIp: relayOutsideIp, port })
    await isHeard(resident)
    expect(await connections()).toBe(before.connections)
    expect(await resident.evaluate(credentialOf)).not.toBe(before.credential)
  })
})

it('[AV-6] voices go over a relay that is reached by TCP alone', async () => {
  const house = await openGuarded({ TURN_URL: turn.url('tcp'), TURN_SECRET: secret })
  const attending = await come(house.links.attending, 'Dr Ada Okafor')
  const resident = await come(house.links.resident, 'Ben Resident')
  await speak(attending)
  await isHeard(resident)
  for (const page of [attending, resident]) {
    expect(await paths(page)).toEqual([{ type: 'relay', relayProtocol: 'tcp' }])
    await page.context().close()
  }
})

it('[AV-6] a relay that does not know the house lets nothing through, and the page says so', async () => {
  const env = { TURN_URL: turn.url('udp'), TURN_SECRET: 'not what the relay was told' }
  const house = await openGuarded(env)
  const attending = await come(house.links.attending, 'Dr Ada Okafor')
  await speak(attending)
  await until(
    'said',
    () => attending.getByTestId('notice').getByText(noWayThrough).isVisible(),
    90_000,
  )
  expect(await paths(attending)).toEqual([])
  expect(house.firewall.dropped).toBeGreaterThan(0)
  expect(house.firewall.passed).toBe(0)
  await attending.context().close()
})

const noWayThrough = 'This network lets no sound and no view through.'

/** Runs in the page: the relay's credential that its last connection would use now. */
const credentialOf = () =>
  window.peerConnections.at(-1)?.getConfiguration().iceServers?.[0]?.credential

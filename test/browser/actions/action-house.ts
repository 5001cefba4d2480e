import { readFileSync } from 'node:fs'
import { Client, type Room } from '@colyseus/sdk'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { CaseDetails } from '../../../shared/case/case.ts'
import { endStates, type ImportStatus } from '../../../shared/case/import.ts'
import type { Role } from '../../../shared/conference/role.ts'
import { ConferenceState, type ParticipantState } from '../../../shared/conference/state.ts'
import { decodeDown } from '../../../shared/protocol/pose-frame.ts'
import type { PoseSample } from '../../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../../shared/volume/manifest.ts'
import { dtlsParameters, opusParameters } from '../../support/media-parameters.ts'
import { openBrowser } from '../../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../../support/start-caseroom.ts'
import { testFiles } from '../../support/test-data.ts'
import { until } from '../../support/until.ts'

/** Somebody without a page: their eyes on the conference are the room's state and its samples. */
export interface Script {
  readonly participantId: string
  readonly state: ConferenceState
  command(type: string, fields?: object): Promise<unknown>
  /** The latest sample of a participant. */
  sampleOf(participantId: string): PoseSample | undefined
  /** Every sample of a participant since the last call of `forget`. */
  samplesOf(participantId: string): readonly PoseSample[]
  forget(): void
  /** Opens a microphone, as far as a person without a browser has one. */
  speak(): Promise<void>
}

/** One server and one browser; every conference in it is on the demo case, beside a PET with segments. */
export class ActionHouse {
  readonly #caseroom: Caseroom
  readonly #browser: Browser
  readonly #priorCaseId: string

  private constructor(caseroom: Caseroom, browser: Browser, priorCaseId: string) {
    this.#caseroom = caseroom
    this.#browser = browser
    this.#priorCaseId = priorCaseId
  }

  static async open(): Promise<ActionHouse> {
    const caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
    const browser = await openBrowser({
      extraFlags: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
    })
    await caseroom.opened()
    return new ActionHouse(caseroom, browser, await bringPainted(caseroom))
  }

  /** With a watching attending, who leads, and a resident, who are scripts. */
  async conference(): Promise<ActionConference> {
    const token = this.#caseroom.token('clinician')
    const read = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T
    const { cases } = await read<{ cases: { caseId: string }[] }>(
      this.#caseroom.call('GET', '/api/cases', { token }),
    )
    const caseId = cases.find((one) => one.caseId !== this.#priorCaseId)?.caseId
    const volumesOf = async (id: string | undefined) =>
      (await read<CaseDetails>(this.#caseroom.call('GET', `/api/cases/${id}`, { token }))).volumes
    const volumes = [...(await volumesOf(caseId)), ...(await volumesOf(this.#priorCaseId))]
    const body = { caseId, priorCaseId: this.#priorCaseId, samePatient: true }
    const { links } = await read<{ links: { attending: string; resident: string } }>(
      this.#caseroom.call('POST', '/api/conferences', { token, body }),
    )
    const watcher = await join(this.#caseroom, links.attending, 'Dr Watcher')
    const resident = await join(this.#caseroom, links.resident, 'Rea Resident')
    return new ActionConference({
      browser: this.#browser,
      link: links.attending,
      volumes,
      watcher,
      resident,
    })
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#caseroom.remove()
  }
}

export class ActionConference {
  readonly watcher: Script
  readonly resident: Script
  /** Of the case, then of its prior. */
  readonly volumes: readonly VolumeManifest[]
  readonly #browser: Browser
  readonly #link: string

  constructor(parts: {
    browser: Browser
    link: string
    volumes: readonly VolumeManifest[]
    watcher: Script
    resident: Script
  }) {
    this.volumes = parts.volumes
    this.watcher = parts.watcher
    this.resident = parts.resident
    this.#browser = parts.browser
    this.#link = parts.link
  }

  /** The actor: an attending on a page of their own. */
  async actor(
    name: string,
    options: BrowserContextOptions,
    prepare: (page: Page) => Promise<unknown> = async () => undefined,
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      ...options,
      reducedMotion: 'reduce',
      permissions: ['microphone'],
    })
    const page = await context.newPage()
    await prepare(page)
    await page.goto(this.#link)
    await page.getByTestId('join-name').fill(name)
    await page.getByTestId('join').click()
    await page.getByTestId('volume').waitFor()
    await until('a volume on the page', async () =>
      /\d+×\d+/.test((await page.getByTestId('status').textContent()) ?? ''),
    )
    return page
  }

  /** As everybody is told of them. */
  person(displayName: string): ParticipantState {
    for (const one of this.watcher.state.participants.values()) {
      if (one.displayName === displayName) return one
    }
    throw new Error(`${displayName} is not in the conference`)
  }
}

/** A PET, and segments that were painted on it. */
async function bringPainted(caseroom: Caseroom): Promise<string> {
  const folder = 'dicom/petct-lung-acrin042'
  const body = new FormData()
  for (const file of [...testFiles(folder, 'pt-ac'), ...testFiles(folder, 'seg-pt')]) {
    body.append('files', new Blob([readFileSync(file)]), 'image')
  }
  const token = caseroom.token('clinician')
  const answer = await caseroom.call('POST', '/api/imports', { token, body })
  const { importId } = (await answer.json()) as { importId: string }
  const { caseIds } = await until(
    'the import ends',
    async () => {
      const asked = await caseroom.call('GET', `/api/imports/${importId}`, { token })
      const status = (await asked.json()) as ImportStatus
      return endStates.includes(status.state) ? status : undefined
    },
    60_000,
  )
  if (!caseIds[0]) throw new Error('the PET became no case')
  return caseIds[0]
}

async function join(caseroom: Caseroom, link: string, displayName: string): Promise<Script> {
  const body = { invitation: new URL(link).hash.slice(1), displayName }
  const response = await caseroom.call('POST', '/api/conferences/join', { body })
  const joined = (await response.json()) as { seat: unknown; participantId: string; role: Role }
  const client = new Client(caseroom.url)
  const room = (await client.consumeSeatReservation(
    joined.seat as Parameters<Client['consumeSeatReservation']>[0],
    ConferenceState as never,
  )) as unknown as Room<unknown, ConferenceState>
  const { participantId } = joined
  let seen: [number, PoseSample][] = []
  const latest = new Map<number, PoseSample>()
  room.onMessage('poses', (bytes: Uint8Array) => {
    for (const [index, sample] of decodeDown(bytes) ?? []) {
      latest.set(index, sample)
      seen.push([index, sample])
    }
  })
  for (const unused of ['hash', 'media']) room.onMessage(unused, () => undefined)
  const indexOf = (id: string) => room.state.participants.get(id)?.poseIndex
  let asked = 0
  await until('the state', async () => room.state.conferenceId)
  return {
    participantId,
    get state() {
      return room.state
    },
    command: (type, fields = {}) =>
      room.request('command', { commandId: `${participantId}-${asked++}`, type, ...fields }),
    sampleOf: (id) => latest.get(indexOf(id) ?? -1),
    samplesOf: (id) => seen.filter(([index]) => index === indexOf(id)).map(([, sample]) => sample),
    forget() {
      seen = []
    },
    async speak() {
      const media = (method: string, fields: object = {}) =>
        room.request('media', { method, ...fields }) as Promise<{ transportId: string }>
      await media('join')
      const { transportId } = await media('createTransport', { direction: 'send' })
      await media('connectTransport', { transportId, dtlsParameters })
      const rtpParameters = opusParameters()
      await media('produce', { transportId, source: 'microphone', kind: 'audio', rtpParameters })
    },
  }
}

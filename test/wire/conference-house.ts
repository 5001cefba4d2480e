import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { matchMaker, Server } from '@colyseus/core'
import { Client, type Room } from '@colyseus/sdk'
import { WebSocketTransport } from '@colyseus/ws-transport'
import type { Conference } from '../../server/conference/conference.ts'
import { ConferenceHost } from '../../server/conference/conference-host.ts'
import { conferenceRoom } from '../../server/conference/conference-room.ts'
import { hostedAlone } from '../../server/conference/hosted-alone.ts'
import type { EventLog, MediaRooms } from '../../server/conference/ports.ts'
import { noMedia } from '../../server/media/media-rooms.ts'
import { openDatabase } from '../../server/storage/database.ts'
import { SqlAccessLog } from '../../server/storage/sql-access-log.ts'
import { SqlConferences } from '../../server/storage/sql-conferences.ts'
import { SqlEventLog } from '../../server/storage/sql-event-log.ts'
import type { CaseFacts } from '../../shared/conference/case-facts.ts'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import type { Role } from '../../shared/conference/role.ts'
import { ConferenceState } from '../../shared/conference/state.ts'
import type { MediaAnswer, MediaMethod, MediaNote } from '../../shared/protocol/media.ts'

const volume = (volumeId: string, frameOfReferenceUID: string) => ({
  volumeId,
  frameOfReferenceUID,
  centreMm: [10, -20, 300] as const,
  labelIds: ['1', '2'],
  defaultWindow: { windowCenter: 40, windowWidth: 400 },
  presets: [
    { presetId: 'ct-soft-tissue', window: { windowCenter: 40, windowWidth: 400 } },
    { presetId: 'ct-bone', window: { windowCenter: 400, windowWidth: 1800 } },
  ],
})
export const facts: CaseFacts = {
  caseId: 'case',
  volumes: [volume('ct', '2.25.1'), volume('prior', '2.25.2')],
}

/** Somebody in a conference, through the real SDK and a real socket. */
export interface Person {
  readonly participantId: string
  readonly room: Room<unknown, ConferenceState>
  readonly samples: Uint8Array[]
  readonly hashes: { seq: number; hash: string }[]
  readonly notes: MediaNote[]
  media<M extends MediaMethod>(method: M, fields?: object): Promise<MediaAnswer<M>>
  command(type: string, fields?: object, commandId?: string): Promise<CommandAnswer>
}

/**
 * The room with its log in SQLite on a free loopback port; `wrapLog` comes between the two. Without
 * `media` nobody is heard.
 */
export async function openHouse(
  wrapLog: (log: EventLog) => EventLog = (log) => log,
  media: MediaRooms = noMedia,
) {
  const dataDir = await mkdtemp(join(tmpdir(), 'caseroom-house-'))
  const failures: unknown[] = []
  const database = await openDatabase({ dataDir, onIdleError: (error) => failures.push(error) })
  const log = new SqlEventLog(database.db)
  const conferences = new SqlConferences(database.db)
  const accessLog = new SqlAccessLog(database.db)
  const held = new Map<string, Conference>()
  class WatchedHost extends ConferenceHost {
    override async hold(conferenceId: string) {
      const conference = await super.hold(conferenceId)
      held.set(conferenceId, conference)
      return conference
    }
  }
  const newHost = () =>
    new WatchedHost({
      log: wrapLog(log),
      conferences,
      accessLog,
      media,
      hosting: hostedAlone,
      factsOf: async () => facts,
      now: Date.now,
      onAnswer: () => undefined,
      onFailure: (...failure) => failures.push(failure),
    })
  const host = newHost()
  const http = createServer()
  const server = new Server({
    transport: new WebSocketTransport({ server: http, maxPayload: 64 * 1024 }),
    greet: false,
    gracefullyShutdown: false,
  })
  server.define('conference', conferenceRoom(host))
  await server.listen(0, '127.0.0.1')
  const { port } = http.address() as AddressInfo
  const people: Person[] = []

  return {
    port,
    host,
    newHost,
    log,
    accessLog,
    conferences,
    failures,
    /** The one in memory, to make things happen faster than any person may. */
    held: (conferenceId: string) => held.get(conferenceId) as Conference,
    async newConference(conferenceId: string): Promise<string> {
      const code = conferenceId.slice(0, 6)
      await conferences.add({ conferenceId, caseId: 'case', code, openedBy: 'x', openedAtMs: 1 })
      return conferenceId
    },
    /** `through` another port than the server's own: that of a relay in between. */
    async join(conferenceId: string, displayName: string, role: Role, through = port) {
      const participantId = displayName
      const seat = await host.reserve(conferenceId, { participantId, displayName, role })
      const client = new Client(`http://127.0.0.1:${through}`)
      const room = (await client.consumeSeatReservation(
        seat as Parameters<Client['consumeSeatReservation']>[0],
        ConferenceState as never,
      )) as unknown as Room<unknown, ConferenceState>
      const samples: Uint8Array[] = []
      const hashes: { seq: number; hash: string }[] = []
      const notes: MediaNote[] = []
      room.onMessage('poses', (bytes: Uint8Array) => samples.push(bytes))
      room.onMessage('hash', (told: { seq: number; hash: string }) => hashes.push(told))
      room.onMessage('media', (note: MediaNote) => notes.push(note))
      let sent = 0
      const person: Person = {
        participantId,
        room,
        samples,
        hashes,
        notes,
        media: (method, fields = {}) => room.request('media', { method, ...fields }),
        command: (type, fields = {}, commandId = `${participantId}-${sent++}`) =>
          room.request('command', { commandId, type, ...fields }),
      }
      people.push(person)
      return person
    },
    async close() {
      for (const { room } of people) {
        room.reconnection.enabled = false
        if (room.connection.isOpen) await room.leave()
      }
      await matchMaker.gracefullyShutdown()
      await server.gracefullyShutdown(false)
      await database.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

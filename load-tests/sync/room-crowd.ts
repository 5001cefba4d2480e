import { Client, type Room } from '@colyseus/sdk'
import { ConferenceState } from '../../shared/conference/state.ts'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { type Caseroom, startCaseroom } from '../../test/support/start-caseroom.ts'
import { type Crowd, type CrowdSize, lasersOf, unheard } from './crowd.ts'
import { countReceived } from './received-bytes.ts'

/** A conference on the real server: seats, permissions and the shared state included. */
export async function openRoomCrowd({ senders, listeners }: CrowdSize): Promise<Crowd> {
  const caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  const { guests } = await caseroom.opened()
  const sending: Room[] = []
  for (let n = 0; n < senders; n++) sending.push(await joinRoom(caseroom, guests, n))
  const hearing = unheard()
  return {
    pid: caseroom.pid,
    send: (sender, laser) => sending[sender]?.sendBytes('pose', encodeUp({ laser })),
    hearing,
    receivedBytes: await countReceived(caseroom.port, async () => {
      for (let n = 0; n < listeners; n++) {
        const room = await joinRoom(caseroom, guests, senders + n)
        room.onMessage('poses', (frame: Uint8Array) => {
          hearing.tell(lasersOf(decodeDown(frame)?.values() ?? []))
        })
      }
    }),
    close: () => caseroom.remove(),
  }
}

async function joinRoom(caseroom: Caseroom, link: string, n: number): Promise<Room> {
  const response = await fetch(`${caseroom.url}/api/conferences/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ invitation: new URL(link).hash.slice(1), displayName: `Bot ${n}` }),
  })
  if (!response.ok) throw new Error(`joining: ${response.status}`)
  const { seat } = (await response.json()) as {
    seat: Parameters<Client['consumeSeatReservation']>[0]
  }
  const client = new Client(caseroom.url)
  const room = await client.consumeSeatReservation(seat, ConferenceState as never)
  room.reconnection.enabled = false
  room.onMessage('*', () => undefined)
  return room as unknown as Room
}

import { openBareCrowd } from './bare-crowd.ts'
import type { Crowd, CrowdSize } from './crowd.ts'
import { measureCrowd } from './measure-crowd.ts'
import { noise, type Results, roundsTable } from './report-rounds.ts'
import { openRoomCrowd } from './room-crowd.ts'
import { openSocketIoCrowd, openTickingSocketIoCrowd } from './socket-io-crowd.ts'
import { openYjsCrowd } from './yjs-crowd.ts'

const rounds = 3
const warmUpMs = 1_000

type Openers = Readonly<Record<string, (size: CrowdSize) => Promise<Crowd>>>

const bare = 'bare ws, a frame a tick'
const bareAgain = 'the same again'
const fewRelays: Openers = {
  [bare]: openBareCrowd,
  'Caseroom room': openRoomCrowd,
  'Socket.IO, an event a sample': openSocketIoCrowd,
  'y-websocket, awareness': openYjsCrowd,
}
const allRelays: Openers = {
  ...fewRelays,
  'Socket.IO, an event a tick': openTickingSocketIoCrowd,
  [bareAgain]: openBareCrowd,
}

/** Pointers at 30 Hz and a hall of listeners: the conference room beside other relays. */
export async function run(): Promise<string> {
  const hall = { senders: 10, listeners: 200 }
  const inTheHall = await compare(allRelays, hall, 3_000)
  const seminar = { senders: 10, listeners: 50 }
  const inSeminar = await compare(fewRelays, seminar, 2_500)
  return [
    `In each of ${rounds} rounds each relay is measured in turn, all of them open. Every server is a`,
    'process of its own; all senders and listeners are one more process on the same machine, each',
    'with the ordinary client of its relay. Where a server or that process needs all of a core,',
    'times are those of a queue, and fewer samples are sent than the 300 a second that ten pointers',
    'make; "÷ bare" therefore compares the server\'s CPU for each sample that reached a listener.',
    '',
    'Caseroom and bare ws gather the latest sample of each sender and send one frame a tick;',
    'Socket.IO and y-websocket relay each sample at once, which is their ordinary form, and',
    '"an event a tick" is Socket.IO made to gather. Every y-websocket client sends what it hears',
    'back to the server.',
    '',
    `10 pointers at 30 Hz, ${hall.listeners} listeners; messages, samples and kB are one listener's:`,
    '',
    roundsTable(inTheHall, bare),
    '',
    noise(inTheHall, bare, bareAgain),
    '',
    `The same with ${seminar.listeners} listeners:`,
    '',
    roundsTable(inSeminar, bare),
  ].join('\n')
}

async function compare(relays: Openers, size: CrowdSize, roundMs: number): Promise<Results> {
  const crowds = new Map<string, Crowd>()
  try {
    for (const [name, open] of Object.entries(relays)) {
      const crowd = await open(size)
      crowds.set(name, crowd)
      await measureCrowd(crowd, size, warmUpMs)
    }
    const results: Results = new Map([...crowds.keys()].map((name) => [name, []]))
    for (let n = 0; n < rounds; n++) {
      for (const [name, crowd] of crowds) {
        results.get(name)?.push(await measureCrowd(crowd, size, roundMs))
      }
    }
    return results
  } finally {
    for (const crowd of crowds.values()) await crowd.close()
  }
}

import type { BenchResult } from '../reporting/bench-result.ts'
import { roundsInTime, roundsInWords } from '../rounds-in-time.ts'
import { openBareCrowd } from './bare-crowd.ts'
import type { Crowd, CrowdSize } from './crowd.ts'
import { measureCrowd } from './measure-crowd.ts'
import { latencies, noise, type Results, roundsTable } from './report-rounds.ts'
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

interface Setting extends CrowdSize {
  readonly roundMs: number
  /** For the rounds: those that a busy machine would not end in so long are left out. */
  readonly boundSeconds: number
}

const hall: Setting = { senders: 10, listeners: 200, roundMs: 3_000, boundSeconds: 110 }
const seminar: Setting = { senders: 10, listeners: 50, roundMs: 2_500, boundSeconds: 60 }

/** Pointers at 30 Hz and those who hear them: the conference room beside other relays. */
export async function run(): Promise<BenchResult> {
  const inHall = await compare(allRelays, hall)
  const inSeminar = await compare(fewRelays, seminar)
  const text = [
    'In each round each relay is measured in turn, all of them open. Every server is a process of its',
    'own; all senders and listeners are one more process on the same machine, each with the ordinary',
    'client of its relay. Where a server or that process needs all of a core, times are those of a',
    'queue, and fewer samples are sent than the 300 a second that ten pointers make; "÷ bare"',
    "therefore compares the server's CPU for each sample that reached a listener.",
    '',
    'Caseroom and bare ws gather the latest sample of each sender and send one frame a tick, so a',
    'sample waits half a tick; Socket.IO and y-websocket relay each sample at once, which is their',
    'ordinary form, and "an event a tick" is Socket.IO made to gather. Every y-websocket client',
    'sends what it hears back to the server. Messages, samples and kB are those of one listener.',
    '',
    section(inHall, hall),
    '',
    noise(inHall, bare, bareAgain),
    '',
    section(inSeminar, seminar),
  ].join('\n')
  return {
    text,
    latencies: latencies(inSeminar, { but: bareAgain, where: `${seminar.listeners} listeners` }),
  }
}

function section(results: Results, { senders, listeners, roundMs }: Setting): string {
  const done = results.get(bare)?.length ?? 0
  const heading = `${senders} pointers at 30 Hz, ${listeners} listeners, ${roundsInWords(done, rounds)} of ${roundMs / 1000} s:`
  return `${heading}\n\n${roundsTable(results, bare)}`
}

async function compare(relays: Openers, setting: Setting): Promise<Results> {
  const crowds = new Map<string, Crowd>()
  try {
    for (const [name, open] of Object.entries(relays)) {
      const crowd = await open(setting)
      crowds.set(name, crowd)
      await measureCrowd(crowd, setting, warmUpMs)
    }
    const results: Results = new Map([...crowds.keys()].map((name) => [name, []]))
    const startMs = performance.now()
    for (const _ of roundsInTime({ rounds, boundSeconds: setting.boundSeconds }, startMs)) {
      for (const [name, crowd] of crowds) {
        results.get(name)?.push(await measureCrowd(crowd, setting, setting.roundMs))
      }
    }
    return results
  } finally {
    for (const crowd of crowds.values()) await crowd.close()
  }
}

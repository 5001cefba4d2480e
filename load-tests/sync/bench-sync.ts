import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Client, type Room } from '@colyseus/sdk'
import WebSocket from 'ws'
import { ConferenceState } from '../../shared/conference/state.ts'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { type Caseroom, startCaseroom } from '../../test/support/start-caseroom.ts'
import { quantile, spread } from '../statistics.ts'
import { table } from '../table.ts'
import { cpuSeconds } from './process-cpu.ts'

const senders = 10
const listeners = 200
const rounds = 3
const roundMs = 6_000
const sampleEveryMs = 1000 / 30

/** Senders and listeners of one relay, whichever it is. */
interface Crowd {
  readonly pid: number
  send(sender: number, sample: Uint8Array): void
  /** What each listener hears, as whole frames. */
  onFrame: (frame: Uint8Array) => void
}

interface Round {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly cpuPercent: number
  readonly frames: number
}

/** 10 pointers at 30 Hz and 200 listeners: the conference room beside a bare `ws` relay. */
export async function run(): Promise<string> {
  const caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  const relay = await startRelay()
  try {
    const room = await roomCrowd(caseroom)
    const bare = await bareCrowd(relay)
    const results = { room: [] as Round[], bare: [] as Round[] }
    for (let n = 0; n < rounds; n++) {
      results.bare.push(await measure(bare))
      results.room.push(await measure(room))
    }
    const row = (name: string, of: Round[]) => [
      name,
      spread(of.map((r) => r.p50Ms)),
      spread(of.map((r) => r.p99Ms)),
      spread(of.map((r) => r.cpuPercent)),
      String(of.reduce((sum, r) => sum + r.frames, 0)),
    ]
    const cpuRatio = results.room.map((r, n) => r.cpuPercent / (results.bare[n]?.cpuPercent ?? 1))
    return [
      `${senders} pointers at 30 Hz, ${listeners} listeners, ${rounds} interleaved rounds of ${roundMs / 1000} s`,
      table(
        ['relay', 'p50 ms', 'p99 ms', 'server CPU %', 'frames heard'],
        [row('bare ws, 30 Hz frames', results.bare), row('Caseroom room', results.room)],
      ),
      `server CPU, Caseroom ÷ bare: ${spread(cpuRatio, 2)}`,
    ].join('\n\n')
  } finally {
    relay.process.kill('SIGTERM')
    await caseroom.remove()
  }
}

/** A sample carries when it was sent, in the x of the laser's end; what arrives tells how long ago. */
async function measure(crowd: Crowd): Promise<Round> {
  const latencies: number[] = []
  const startMs = performance.now()
  const thisRound = Math.fround(startMs % 1024)
  let frames = 0
  crowd.onFrame = (frame) => {
    frames++
    const nowMs = performance.now() - startMs
    for (const { laser } of decodeDown(frame)?.values() ?? []) {
      if (laser && laser.end[1] === thisRound) latencies.push(nowMs - laser.end[0])
    }
  }
  const cpuBefore = await cpuSeconds(crowd.pid)
  const timers = Array.from({ length: senders }, (_, sender) =>
    setInterval(() => {
      const end = [performance.now() - startMs, thisRound, sender] as const
      crowd.send(sender, encodeUp({ laser: { origin: [0, 0, 0], end, touches: true } }))
    }, sampleEveryMs),
  )
  await new Promise((resolve) => setTimeout(resolve, roundMs))
  for (const timer of timers) clearInterval(timer)
  const elapsedSeconds = (performance.now() - startMs) / 1000
  const cpuPercent = ((await cpuSeconds(crowd.pid)) - cpuBefore) / elapsedSeconds / 0.01
  await new Promise((resolve) => setTimeout(resolve, 300))
  return { p50Ms: quantile(latencies, 0.5), p99Ms: quantile(latencies, 0.99), cpuPercent, frames }
}

async function roomCrowd(caseroom: Caseroom): Promise<Crowd> {
  const { guests } = await caseroom.opened()
  const rooms: Room[] = []
  for (let n = 0; n < senders + listeners; n++) rooms.push(await joinRoom(caseroom, guests, n))
  const crowd: Crowd = {
    pid: caseroom.pid,
    send: (sender, sample) => rooms[sender]?.sendBytes('pose', sample),
    onFrame: () => undefined,
  }
  rooms.slice(senders).forEach((room) => {
    room.onMessage('poses', (frame: Uint8Array) => crowd.onFrame(frame))
  })
  return crowd
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

async function startRelay(): Promise<{ process: ChildProcess; pid: number; port: number }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare-relay.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { process: child, pid: child.pid ?? 0, port: Number(line.toString()) }
}

async function bareCrowd(relay: { pid: number; port: number }): Promise<Crowd> {
  const sockets: WebSocket[] = []
  for (let n = 0; n < senders + listeners; n++) {
    const socket = new WebSocket(`ws://127.0.0.1:${relay.port}`)
    await once(socket, 'open')
    sockets.push(socket)
  }
  const crowd: Crowd = {
    pid: relay.pid,
    send: (sender, sample) => sockets[sender]?.send(sample),
    onFrame: () => undefined,
  }
  sockets.slice(senders).forEach((socket) => {
    socket.on('message', (frame: Buffer) => crowd.onFrame(frame))
  })
  return crowd
}

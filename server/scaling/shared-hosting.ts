import { setTimeout as delay } from 'node:timers/promises'
import type { Hosting, HostingRoom } from '../conference/ports.ts'
import type { HostProcess } from './host-process.ts'
import type { ProcessCalls } from './process-call.ts'
import type { RoomDirectory } from './room-directory.ts'

const openingLookMs = 30
const openedWithinMs = 5_000

/** Which conferences live where, as the processes of an installation agree on it by Redis. */
export class SharedHosting implements Hosting {
  readonly #self: HostProcess
  readonly #directory: RoomDirectory
  readonly #calls: ProcessCalls

  constructor(self: HostProcess, directory: RoomDirectory, calls: ProcessCalls) {
    this.#self = self
    this.#directory = directory
    this.#calls = calls
  }

  async claim(conferenceId: string): Promise<HostingRoom | undefined> {
    const deadlineMs = Date.now() + openedWithinMs
    while (Date.now() < deadlineMs) {
      const host = await this.#directory.claim(conferenceId)
      if (this.#isSelf(host)) return undefined
      if (await this.#calls.lives(host)) {
        const room = await this.#directory.find(conferenceId)
        if (room?.processId) return room
        await delay(openingLookMs) // it is being opened there, or was just let go
      } else await this.#directory.strike(conferenceId, host)
    }
    throw new Error(`conference ${conferenceId} is being opened by another process, and is not`)
  }

  async stands(room: HostingRoom): Promise<boolean> {
    const [host] = await this.#directory.hostsOf([room.roomId])
    if (!host) return false
    if (this.#isSelf(host) || (await this.#calls.lives(host))) return true
    await this.#directory.strike(room.roomId, host)
    return false
  }

  async release(conferenceId: string): Promise<void> {
    await this.#directory.letGo(conferenceId)
  }

  async lost(conferenceIds: readonly string[]): Promise<string[]> {
    const hosts = await this.#directory.hostsOf(conferenceIds)
    const lost: string[] = []
    for (const [n, conferenceId] of conferenceIds.entries()) {
      const host = hosts[n] ?? (await this.#directory.relist(conferenceId))
      if (!this.#isSelf(host)) lost.push(conferenceId)
    }
    return lost
  }

  #isSelf({ processId }: HostProcess): boolean {
    return processId === this.#self.processId
  }
}

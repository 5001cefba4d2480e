import type { LoggedEvent } from '../server/conference/ports.ts'
import { openDatabase } from '../server/storage/database.ts'
import { SqlEventLog } from '../server/storage/sql-event-log.ts'
import type { Role } from '../shared/conference/role.ts'
import { LineBreaker } from '../test/support/line-breaker.ts'
import { Caseroom, startCaseroom } from '../test/support/start-caseroom.ts'
import { type ProcessUsage, usageOf } from './process-usage.ts'

export interface StageRoom {
  readonly conferenceId: string
  readonly invitations: Readonly<Record<Role, string>>
}

/** Caseroom with the demo case in its library. */
export class Stage {
  readonly #caseroom: Caseroom
  readonly #lines: LineBreaker | undefined

  private constructor(caseroom: Caseroom, lines: LineBreaker | undefined) {
    this.#caseroom = caseroom
    this.#lines = lines
  }

  /**
   * Imports in an earlier life of the server: what is measured has not that on its heap. `cuttable`:
   * behind a relay that can cut its lines, and costs a little time itself.
   */
  static async open({ cuttable = false } = {}): Promise<Stage> {
    const env = { DEMO_CASE: 'on' }
    const importing = await Caseroom.spawn({ env })
    await importing.opened()
    await importing.stop()
    const { dataDir, port } = importing
    const caseroom = await startCaseroom({ env, dataDir, port })
    await caseroom.opened()
    return new Stage(caseroom, cuttable ? await LineBreaker.open(port) : undefined)
  }

  /** What its people have in their address bars. */
  get origin(): string {
    return this.#lines ? `http://127.0.0.1:${this.#lines.port}` : this.#caseroom.url
  }

  usage(): Promise<ProcessUsage> {
    return usageOf([this.#caseroom.pid])
  }

  /** New conferences on the demo case. */
  async openRooms(count: number): Promise<StageRoom[]> {
    const { cases } = await this.#ask<{ cases: { caseId: string }[] }>('GET', '/api/cases')
    const body = { caseId: cases[0]?.caseId }
    const rooms: StageRoom[] = []
    while (rooms.length < count) {
      const { conferenceId, links } = await this.#ask<{
        conferenceId: string
        links: Record<Role, string>
      }>('POST', '/api/conferences', body)
      const invitation = (role: Role) => new URL(links[role]).hash.slice(1)
      const invitations = {
        attending: invitation('attending'),
        resident: invitation('resident'),
        observer: invitation('observer'),
      }
      rooms.push({ conferenceId, invitations })
    }
    return rooms
  }

  /** Resets every line at once; throws where they go past the relay. */
  cut(): void {
    if (!this.#lines) throw new Error('this stage has no relay')
    this.#lines.cut()
  }

  stateOf(conferenceId: string): Promise<{ seq: number; hash: string }> {
    return this.#ask('GET', `/api/conferences/${conferenceId}/state`)
  }

  /** What is on disk, read past the server. */
  async readLogs(rooms: readonly StageRoom[]): Promise<Map<string, LoggedEvent[]>> {
    const database = await openDatabase({
      dataDir: this.#caseroom.dataDir,
      onIdleError: (error) => {
        throw error
      },
    })
    try {
      const log = new SqlEventLog(database.db)
      const logs = new Map<string, LoggedEvent[]>()
      for (const { conferenceId } of rooms) logs.set(conferenceId, await log.read(conferenceId))
      return logs
    } finally {
      await database.close()
    }
  }

  async close(): Promise<void> {
    await this.#lines?.close()
    await this.#caseroom.remove()
  }

  async #ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const token = this.#caseroom.token('clinician')
    const response = await this.#caseroom.call(method, path, { token, body })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
    return (await response.json()) as T
  }
}

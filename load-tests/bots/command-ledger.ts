import { setTimeout as delay } from 'node:timers/promises'
import type { Asked } from '../../client/conference/conference-session.ts'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import { monotonicMs } from '../monotonic-ms.ts'

export interface CommandEntry {
  readonly commandId: string
  readonly type: Asked['type']
  readonly askedAtMs: number
  /** More than once where a line ended before the answer. */
  sends: number
  answeredAtMs?: number
  /** Of an accepted one. */
  seq?: number
  /** Why it was refused. */
  refused?: string
}

type Send = (payload: { commandId: string } & Asked) => Promise<CommandAnswer>

const resendAfterMs = 250

/**
 * What one bot has asked and what it was answered. As on a page, a command whose answer was lost is
 * asked again under the same id until it is answered.
 */
export class CommandLedger {
  readonly entries: CommandEntry[] = []
  readonly #name: string
  readonly #send: Send
  #ended = false

  /** `name` makes the ids; it is unique among the bots of a run. */
  constructor(name: string, send: Send) {
    this.#name = name
    this.#send = send
  }

  get unanswered(): number {
    return this.entries.filter(({ answeredAtMs }) => answeredAtMs === undefined).length
  }

  /** Resolves when it is answered, or the ledger is closed. */
  async ask(asked: Asked): Promise<void> {
    const commandId = `${this.#name}:${this.entries.length}`
    const entry: CommandEntry = {
      commandId,
      type: asked.type,
      askedAtMs: monotonicMs(),
      sends: 0,
    }
    this.entries.push(entry)
    while (!this.#ended) {
      entry.sends++
      try {
        const answer = await this.#send({ commandId, ...asked })
        entry.answeredAtMs = monotonicMs()
        if (answer.ok) entry.seq = answer.seq
        else entry.refused = answer.reason
        return
      } catch {
        await delay(resendAfterMs) // the line is down: the next one carries it
      }
    }
  }

  /** Asks nothing again from now on. */
  close(): void {
    this.#ended = true
  }
}

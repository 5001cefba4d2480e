import { applyEvent } from '../../shared/conference/apply.ts'
import type { CaseFacts } from '../../shared/conference/case-facts.ts'
import { type Asker, decide, opened } from '../../shared/conference/decide.ts'
import type { ConferenceEvent } from '../../shared/conference/event.ts'
import { parseCommand } from '../../shared/conference/parse-command.ts'
import { type CommandAnswer, reject } from '../../shared/conference/rejection.ts'
import type { Role } from '../../shared/conference/role.ts'
import { ConferenceState } from '../../shared/conference/state.ts'
import { type EventLog, EventLogConflictError, type LoggedEvent } from './ports.ts'

/** What waits for the log: a command somebody sent, or something the house itself saw happen. */
type Waiting =
  | { asked: unknown; asker: Asker; answer: (answer: CommandAnswer) => void }
  | { happened: Happening; answer: (answer: CommandAnswer) => void }

/** An event, or what to make of the state as it is when its turn comes: an event, or nothing. */
export type Happening = ConferenceEvent | ((ahead: ConferenceState) => ConferenceEvent | undefined)

export interface ConferenceParts {
  readonly conferenceId: string
  readonly facts: CaseFacts
  readonly log: EventLog
  readonly now: () => number
  /** Whether this process still hosts it, as far as anybody knows. */
  readonly isOurs: () => Promise<boolean>
  /** Why the log could not be written; the people in the room are told only that it was not. */
  readonly onLogFailure: (error: unknown) => void
}

/**
 * One conference on the process that hosts it: command → decide → log → apply. `state` holds what is
 * in the log and nothing else, so whatever Colyseus sends of it is durable already; decisions are
 * made on `#ahead`, which is further by the events on their way to the log.
 */
export class Conference {
  readonly state = new ConferenceState()
  readonly #parts: ConferenceParts
  readonly #waiting: Waiting[] = []
  /** `seq` by participant and command, of all that is in the log or on its way there. */
  readonly #seqOfCommand = new Map<string, number>()
  readonly #listeners = new Set<(event: ConferenceEvent) => void>()
  #ahead = new ConferenceState()
  /** The log may hold more or less than `#ahead` does: a write failed half-way. */
  #stale = true
  #closed = false
  #superseded = false
  readonly #supersededListeners = new Set<() => void>()
  #running: Promise<void> | undefined

  private constructor(parts: ConferenceParts) {
    this.#parts = parts
  }

  /** The state as the log has it, for somebody who only wants to read it. */
  static async read(parts: ConferenceParts): Promise<ConferenceState> {
    const conference = new Conference(parts)
    await conference.#catchUp()
    return conference.state
  }

  /**
   * From the log, or with a first event where the log has none. Nobody presents after a restart; and
   * that is written even where nobody did, so that an earlier host, which may only have slept, finds
   * the next number taken.
   */
  static async host(parts: ConferenceParts): Promise<Conference> {
    const conference = new Conference(parts)
    await conference.#catchUp()
    const isNew = conference.state.seq === 0
    await conference.happen(
      isNew
        ? opened(parts.conferenceId, parts.facts)
        : { type: 'presenterChanged', participantId: '' },
    )
    return conference
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Every event after it is durable and applied, in order. */
  onEvent(listener: (event: ConferenceEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Another process hosts it now: nothing more is written here, and nobody is answered. */
  onSuperseded(listener: () => void): void {
    this.#supersededListeners.add(listener)
  }

  supersede(): void {
    if (this.#superseded) return
    this.#superseded = true
    for (const listener of this.#supersededListeners) listener()
  }

  /**
   * Parses, decides, writes to the log, applies; answers a refusal in words. Never rejects. Once
   * superseded it stays unanswered: who asked asks again, where the conference is now.
   */
  command(asked: unknown, asker: Asker): Promise<CommandAnswer> {
    return new Promise((answer) => this.#enqueue({ asked, asker, answer }))
  }

  /** Something that no command asked for. Rejects where the log could not take it. */
  async happen(happened: Happening): Promise<void> {
    const answer = await new Promise<CommandAnswer>((resolve) =>
      this.#enqueue({ happened, answer: resolve }),
    )
    if (!answer.ok) throw new Error(answer.message)
  }

  /** Resolves when all that was asked so far is in the log, or was refused. */
  async settled(): Promise<void> {
    await this.#running
  }

  #enqueue(waiting: Waiting): void {
    this.#waiting.push(waiting)
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined
    })
  }

  /** What arrived in one turn of the event loop shares one write. */
  async #drain(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, 256))
  }

  async #commit(batch: readonly Waiting[]): Promise<void> {
    while (!this.#superseded && (await this.#tryToCommit(batch)) === 'overtaken') {
      if (!(await this.#parts.isOurs())) this.supersede()
    }
    if (!this.#superseded) return
    for (const waiting of batch) {
      if ('happened' in waiting) waiting.answer({ ok: true, seq: this.state.seq })
    }
  }

  /** `overtaken`: another process has written to this conference's log since it was last read. */
  async #tryToCommit(batch: readonly Waiting[]): Promise<'answered' | 'overtaken'> {
    try {
      if (this.#stale) await this.#catchUp()
      this.#stale = true
      const events: LoggedEvent[] = []
      const answers = batch.map((waiting) => this.#decide(waiting, events))
      if (events.length > 0) await this.#parts.log.append(events)
      this.#stale = false
      for (const { event, seq } of events) this.#apply(event, seq)
      batch.forEach(({ answer }, n) => {
        answer(answers[n] ?? { ok: false, ...notSaved.rejected })
      })
    } catch (error) {
      if (error instanceof EventLogConflictError) return 'overtaken'
      this.#parts.onLogFailure(error)
      for (const { answer } of batch) answer({ ok: false, ...notSaved.rejected })
    }
    return 'answered'
  }

  #decide(waiting: Waiting, events: LoggedEvent[]): CommandAnswer {
    if ('happened' in waiting) {
      const { happened } = waiting
      const event = typeof happened === 'function' ? happened(this.#ahead) : happened
      return event ? this.#accept(event, '', '', events) : { ok: true, seq: this.#ahead.seq }
    }
    const { asked, asker } = waiting
    const parsed = parseCommand(asked)
    if ('rejected' in parsed) return { ok: false, ...parsed.rejected }
    const { command } = parsed
    const before = this.#seqOfCommand.get(key(asker.participantId, command.commandId))
    if (before !== undefined) return { ok: true, seq: before }
    if (this.#closed || events.some(({ event }) => event.type === 'conferenceClosed')) {
      return { ok: false, ...closedNow.rejected }
    }
    const decision = decide(this.#ahead, command, asker, {
      facts: this.#parts.facts,
      present: this.#present(),
      atMs: this.#parts.now(),
    })
    if ('rejected' in decision) return { ok: false, ...decision.rejected }
    return this.#accept(decision.event, asker.participantId, command.commandId, events)
  }

  #accept(
    event: ConferenceEvent,
    participantId: string,
    commandId: string,
    events: LoggedEvent[],
  ): CommandAnswer {
    const seq = this.#ahead.seq + 1
    const { conferenceId, now } = this.#parts
    applyEvent(this.#ahead, event, seq)
    events.push({ conferenceId, seq, participantId, commandId, event, atMs: now() })
    if (commandId !== '') this.#seqOfCommand.set(key(participantId, commandId), seq)
    return { ok: true, seq }
  }

  #apply(event: ConferenceEvent, seq: number): void {
    applyEvent(this.state, event, seq)
    if (event.type === 'conferenceClosed') this.#closed = true
    for (const listener of this.#listeners) listener(event)
  }

  /** The log is the truth: whatever of it is not in `state` yet is applied, `#ahead` is made anew. */
  async #catchUp(): Promise<void> {
    const logged = await this.#parts.log.read(this.#parts.conferenceId)
    this.#ahead = new ConferenceState()
    this.#seqOfCommand.clear()
    for (const { event, seq, participantId, commandId } of logged) {
      applyEvent(this.#ahead, event, seq)
      if (commandId !== '') this.#seqOfCommand.set(key(participantId, commandId), seq)
      if (seq > this.state.seq) this.#apply(event, seq)
    }
    this.#stale = false
  }

  #present(): { participantId: string; role: Role }[] {
    return [...this.state.participants.values()].map(({ participantId, role }) => ({
      participantId,
      role: role as Role,
    }))
  }
}

const notSaved = reject('not-saved', 'It could not be saved, so nothing has changed. Try again.')
const closedNow = reject('conference-closed', 'The conference has been closed.')

const key = (participantId: string, commandId: string): string => `${participantId}\n${commandId}`

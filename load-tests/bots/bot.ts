import { createHash } from 'node:crypto'
import { type ConnectionState, RoomConnection } from '../../client/connection/room-connection.ts'
import type { JoinAnswer } from '../../client/connection/room-line.ts'
import { canonicalState } from '../../shared/conference/durable.ts'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import type { ConferenceState } from '../../shared/conference/state.ts'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { joinByLink, type Way } from '../../test/support/join-by-link.ts'
import { monotonicMs } from '../monotonic-ms.ts'
import { type Activity, commandOf, dragged, periodMs } from './activity.ts'
import type { BotAccount, BotReturn, HeldState } from './bot-account.ts'
import { CommandLedger } from './command-ledger.ts'
import { ageMs, timedSample } from './timed-sample.ts'

export interface BotPlan extends Way {
  readonly does: readonly Activity[]
  /** 0…1: where in each period it begins, so that a crowd does not act as one. */
  readonly phase: number
}

/**
 * A participant without a page: the page's own connection, with its own policy of coming back, and
 * the real state. Keeps account of everything that it asked and was told.
 */
export class Bot {
  readonly plan: BotPlan
  readonly #hears: (latencyMs: number) => void
  readonly #ledger: CommandLedger
  readonly #returns: BotReturn[] = []
  readonly #held: HeldState[] = []
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  #connection!: RoomConnection
  #joined!: JoinAnswer
  #joinMs = Number.NaN
  #lostAtMs: number | undefined
  #gone: string | undefined
  /** The first frame after a join is what others showed before it. */
  #heardOnce = false
  #round = 0
  #onFirstState: (() => void) | undefined

  private constructor(plan: BotPlan, hears: (latencyMs: number) => void) {
    this.plan = plan
    this.#hears = hears
    this.#ledger = new CommandLedger(plan.displayName, (command) =>
      this.#connection.request<CommandAnswer>('command', command),
    )
  }

  /** Resolves when the whole state is there. `hears` is told the age of every sample of a round. */
  static async join(plan: BotPlan, hears: (latencyMs: number) => void): Promise<Bot> {
    const bot = new Bot(plan, hears)
    const startMs = monotonicMs()
    const firstState = new Promise<void>((resolve) => {
      bot.#onFirstState = resolve
    })
    bot.#joined = await joinByLink(plan)
    bot.#connection = await RoomConnection.open(bot.#joined.seat, {
      origin: plan.origin,
      rejoin: async () => {
        bot.#joined = await joinByLink(plan, bot.#joined.token)
        return bot.#joined
      },
      events: {
        onState: () => bot.#onState(),
        onPoses: (frame) => bot.#onPoses(frame),
        onHash: () => undefined, // looked at when everything has settled
        onMediaNote: () => undefined,
        onConnection: (connection) => bot.#onConnection(connection),
      },
    })
    await firstState
    bot.#joinMs = monotonicMs() - startMs
    return bot
  }

  get conferenceId(): string {
    return this.#connection.state?.conferenceId ?? ''
  }

  /** Of the state that it holds; -1 while it holds none. */
  get seq(): number {
    return this.#connection.state?.seq ?? -1
  }

  get unanswered(): number {
    return this.#ledger.unanswered
  }

  get away(): boolean {
    return this.#lostAtMs !== undefined
  }

  start(round: number): void {
    this.#round = round
    for (const activity of this.plan.does) {
      const every = periodMs(activity)
      let nth = Math.round(round * 1e4)
      const act = () => this.#act(activity, nth++)
      const begin = setTimeout(() => {
        this.#timers.add(setInterval(act, every))
        act()
      }, this.plan.phase * every)
      this.#timers.add(begin)
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  /** Notes what it holds; between rounds, as hashing takes time that others would wait for. */
  note(): void {
    const state = this.#connection.state
    if (state && !this.away) this.#held.push({ seq: state.seq, hash: hashOf(state) })
  }

  /** What is not answered by now is not asked again. */
  finish(): void {
    this.#ledger.close()
  }

  account(): BotAccount {
    const state = this.#connection.state
    return {
      name: this.plan.displayName,
      participantId: this.#joined.participantId,
      conferenceId: this.conferenceId,
      joinMs: this.#joinMs,
      commands: this.#ledger.entries,
      returns: this.#returns,
      held: this.#held,
      away: this.away,
      gone: this.#gone,
      seq: this.seq,
      hash: state && hashOf(state),
    }
  }

  async leave(): Promise<void> {
    this.stop()
    this.#ledger.close()
    await this.#connection.leave()
  }

  #act(activity: Activity, nth: number): void {
    if (activity.do === 'point') {
      const rest = activity.dragging ? dragged(nth) : {}
      this.#connection.sendPose(encodeUp(timedSample(monotonicMs(), this.#round, rest)))
    } else void this.#ledger.ask(commandOf(activity.do, this.plan.displayName, nth))
  }

  #onState(): void {
    this.#onFirstState?.()
    this.#onFirstState = undefined
    if (this.#lostAtMs === undefined) return
    this.#returns.push({ lostAtMs: this.#lostAtMs, backAtMs: monotonicMs() })
    this.#lostAtMs = undefined
  }

  #onConnection(connection: ConnectionState): void {
    this.#heardOnce = false
    if (connection.state === 'connected') return
    this.#lostAtMs ??= monotonicMs()
    if (connection.state === 'ended') this.#gone = connection.message
  }

  #onPoses(frame: Uint8Array): void {
    const nowMs = monotonicMs()
    const heardBefore = this.#heardOnce
    this.#heardOnce = true
    if (!heardBefore) return
    for (const sample of decodeDown(frame)?.values() ?? []) {
      const age = ageMs(sample, nowMs, this.#round)
      if (age !== undefined) this.#hears(age)
    }
  }
}

const hashOf = (state: ConferenceState): string =>
  createHash('sha256').update(canonicalState(state)).digest('hex')

import type { LoggedEvent } from '../../server/conference/ports.ts'
import { stateHash } from '../../server/conference/state-hash.ts'
import { applyEvent } from '../../shared/conference/apply.ts'
import { ConferenceState } from '../../shared/conference/state.ts'
import type { BotAccount } from '../bots/bot-account.ts'

/** One conference when all has settled: its log, and what the server tells of it. */
export interface SettledConference {
  readonly log: readonly LoggedEvent[]
  readonly seq: number
  readonly hash: string
}

export interface Accounts {
  readonly commandsSent: number
  readonly askedAgain: number
  readonly refused: number
  readonly unanswered: number
  /** Acknowledged, and not in the log under the `seq` of the answer. */
  readonly lost: number
  /** In the log once more than once. */
  readonly doubled: number
  readonly notBack: number
  /** Final states, states after a round, and the server's own, that the log does not lead to. */
  readonly wrongHashes: number
}

/** The bots' accounts of one conference beside its log, which is the truth. */
export function accountFor(
  bots: readonly BotAccount[],
  { log, seq, hash }: SettledConference,
): Accounts {
  const logged = Map.groupBy(
    log.filter(({ commandId }) => commandId !== ''),
    ({ commandId }) => commandId,
  )
  const commands = bots.flatMap((bot) => bot.commands)
  const accepted = commands.filter((command) => command.seq !== undefined)
  const isLogged = (command: (typeof commands)[number]) =>
    logged.get(command.commandId)?.some((event) => event.seq === command.seq)
  const held = bots.flatMap((bot) => [{ seq: bot.seq, hash: bot.hash }, ...bot.held])
  const truth = hashesOf(log, new Set([seq, ...held.map((state) => state.seq)]))
  const behind = bots.filter((bot) => bot.seq !== seq).length
  const wrong = [{ seq, hash }, ...held].filter((state) => truth.get(state.seq) !== state.hash)
  return {
    commandsSent: commands.length,
    askedAgain: commands.filter(({ sends }) => sends > 1).length,
    refused: commands.filter(({ refused }) => refused !== undefined).length,
    unanswered: commands.filter(({ answeredAtMs }) => answeredAtMs === undefined).length,
    lost: accepted.filter((command) => !isLogged(command)).length,
    doubled: [...logged.values()].reduce((sum, events) => sum + events.length - 1, 0),
    notBack: bots.filter((bot) => bot.away).length,
    wrongHashes: behind + wrong.length,
  }
}

/** The hash at each of these `seq`, by applying the log from its beginning. */
function hashesOf(log: readonly LoggedEvent[], wanted: ReadonlySet<number>): Map<number, string> {
  const state = new ConferenceState()
  const hashes = new Map<number, string>()
  for (const { event, seq } of log) {
    applyEvent(state, event, seq)
    if (wanted.has(seq)) hashes.set(seq, stateHash(state))
  }
  return hashes
}

export function sumOf(accounts: readonly Accounts[]): Accounts {
  const sum = (of: keyof Accounts) => accounts.reduce((total, each) => total + each[of], 0)
  return {
    commandsSent: sum('commandsSent'),
    askedAgain: sum('askedAgain'),
    refused: sum('refused'),
    unanswered: sum('unanswered'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    notBack: sum('notBack'),
    wrongHashes: sum('wrongHashes'),
  }
}

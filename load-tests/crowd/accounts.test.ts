import { describe, expect, it } from 'vitest'
import type { LoggedEvent } from '../../server/conference/ports.ts'
import { stateHash } from '../../server/conference/state-hash.ts'
import { applyEvent } from '../../shared/conference/apply.ts'
import { ConferenceState } from '../../shared/conference/state.ts'
import type { BotAccount } from '../bots/bot-account.ts'
import { accountFor } from './accounts.ts'

const event = (seq: number, commandId: string): LoggedEvent => ({
  conferenceId: 'c',
  seq,
  participantId: commandId && 'p',
  commandId,
  event: { type: 'windowSet', window: { windowCenter: seq, windowWidth: 100 } },
  atMs: 0,
})
const log = [event(1, ''), event(2, 'a:0'), event(3, 'a:1')]
const hashAt = (seq: number) => {
  const state = new ConferenceState()
  for (const each of log.slice(0, seq)) applyEvent(state, each.event, each.seq)
  return stateHash(state)
}
const command = (commandId: string, seq: number) =>
  ({ commandId, type: 'setWindow', askedAtMs: 0, answeredAtMs: 5, sends: 1, seq }) as const
const bot = (change: Partial<BotAccount> = {}): BotAccount => ({
  name: 'a',
  participantId: 'p',
  conferenceId: 'c',
  joinMs: 1,
  commands: [command('a:0', 2), command('a:1', 3)],
  returns: [{ lostAtMs: 0, backAtMs: 9 }],
  held: [{ seq: 2, hash: hashAt(2) }],
  away: false,
  gone: undefined,
  seq: 3,
  hash: hashAt(3),
  ...change,
})
const settled = { log, seq: 3, hash: hashAt(3) }
const nothingWrong = { unanswered: 0, lost: 0, doubled: 0, notBack: 0, wrongHashes: 0 }

describe('accounts of a conference', () => {
  it('are even where everything acknowledged is in the log, and everybody holds its state', () => {
    expect(accountFor([bot(), bot({ commands: [] })], settled)).toMatchObject({
      ...nothingWrong,
      commandsSent: 2,
      askedAgain: 0,
    })
  })

  it('miss what was acknowledged and is not there, or is there under another number', () => {
    const commands = [command('a:0', 2), command('a:1', 2), command('a:2', 4)]
    expect(accountFor([bot({ commands })], settled).lost).toBe(2)
  })

  it('find what happened twice, whoever it happened as', () => {
    const twice = [...log, { ...event(4, 'a:0'), participantId: 'somebody else' }]
    expect(accountFor([], { log: twice, seq: 3, hash: hashAt(3) }).doubled).toBe(1)
  })

  it('find every state that the log does not lead to: held after a round, at the end, or told', () => {
    const wrong = (bots: BotAccount[], told = settled) => accountFor(bots, told).wrongHashes
    expect(wrong([bot({ hash: hashAt(2) })])).toBe(1)
    expect(wrong([bot({ held: [{ seq: 1, hash: 'x' }] })])).toBe(1)
    expect(wrong([], { ...settled, hash: 'x' })).toBe(1)
    expect(wrong([bot({ seq: 2, hash: hashAt(2) })])).toBe(1) // it stayed behind
  })

  it('count who is away, what was refused, and what nobody answered', () => {
    const open = { commandId: 'a:9', type: 'setWindow', askedAtMs: 0, sends: 3 } as const
    const refused = { ...open, commandId: 'a:8', answeredAtMs: 1, refused: 'not-presenter' }
    const accounts = accountFor([bot({ away: true, commands: [open, refused] })], settled)
    expect(accounts).toMatchObject({ notBack: 1, unanswered: 1, refused: 1, askedAgain: 2 })
  })
})

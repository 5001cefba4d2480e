import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../monotonic-ms.ts'
import { Bot } from './bot.ts'
import type { BotsReply, BotsRequest, HeardInRound } from './bots-messages.ts'
import { LatencyHistogram } from './latency-histogram.ts'

// Many bots in a process that is not the server's, driven by messages from whoever forked it.
const lookEveryMs = 20
const bots: Bot[] = []
let latencies = new LatencyHistogram()
let bySecond: LatencyHistogram[] = []
let startedAtMs = 0

function hear(latencyMs: number): void {
  latencies.add(latencyMs)
  const second = Math.floor((monotonicMs() - startedAtMs) / 1000)
  bySecond[second] ??= new LatencyHistogram()
  bySecond[second].add(latencyMs)
}

async function answer(request: BotsRequest): Promise<unknown> {
  switch (request.ask) {
    case 'join': {
      const joining = request.plans.map(async (plan, n) => {
        await delay(n * request.everyMs)
        bots.push(await Bot.join(plan, hear))
      })
      await Promise.all(joining)
      return undefined
    }
    case 'start':
      latencies = new LatencyHistogram()
      bySecond = []
      startedAtMs = monotonicMs()
      for (const bot of bots) bot.start(request.round)
      return undefined
    case 'stop':
      for (const bot of bots) bot.stop()
      await orUntil(request.withinMs, allWell)
      for (const bot of bots) bot.note()
      return heard()
    case 'finish':
      await orUntil(request.withinMs, allWell)
      for (const bot of bots) bot.finish()
      return undefined
    case 'settle': {
      const { seqs, withinMs } = request
      const settled = (bot: Bot) => !bot.away && bot.seq >= (seqs[bot.conferenceId] ?? 0)
      await orUntil(withinMs, () => bots.every(settled))
      return bots.map((bot) => bot.account())
    }
    case 'leave':
      await Promise.all(bots.map((bot) => bot.leave()))
      return undefined
  }
}

const allWell = () => bots.every((bot) => !bot.away && bot.unanswered === 0)

const heard = (): HeardInRound => ({
  latencies: latencies.bins(),
  bySecond: Array.from(bySecond, (histogram) => histogram?.bins() ?? []),
})

/** A fact that does not come in time shows in the accounts. */
async function orUntil(withinMs: number, fact: () => boolean): Promise<void> {
  const deadlineMs = monotonicMs() + withinMs
  while (!fact() && monotonicMs() < deadlineMs) await delay(lookEveryMs)
}

async function reply(request: BotsRequest): Promise<void> {
  let said: BotsReply
  try {
    said = { answer: await answer(request) }
  } catch (error) {
    said = { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  process.send?.(said)
}

process.on('message', (request: BotsRequest) => void reply(request)) // it answers its failures
process.on('disconnect', () => process.exit(0))

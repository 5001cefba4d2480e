import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { BotPlan } from './bot.ts'
import type { BotAccount } from './bot-account.ts'
import type { BotsAnswers, BotsAsk, BotsReply, HeardInRound } from './bots-messages.ts'

const script = join(import.meta.dirname, 'bots-process.ts')

/** Bots in processes of their own, so that their work is not counted as the server's. */
export class BotFleet {
  readonly #processes: readonly ChildProcess[]

  constructor(processes = 1) {
    this.#processes = Array.from({ length: processes }, () =>
      fork(script, { execArgv: [], serialization: 'advanced' }),
    )
  }

  get pids(): number[] {
    return this.#processes.map(({ pid }) => pid ?? 0)
  }

  /** Resolves when all hold the state; rejects where one could not join. */
  async join(plans: readonly BotPlan[], everyMs: number): Promise<void> {
    const count = this.#processes.length
    await Promise.all(
      this.#processes.map((child, at) => {
        const share = plans.filter((_, n) => n % count === at)
        return ask(child, 'join', { plans: share, everyMs: everyMs * count })
      }),
    )
  }

  async start(round: number): Promise<void> {
    await this.#all('start', { round })
  }

  stop(withinMs: number): Promise<HeardInRound[]> {
    return this.#all('stop', { withinMs })
  }

  async finish(withinMs: number): Promise<void> {
    await this.#all('finish', { withinMs })
  }

  async settle(seqs: Readonly<Record<string, number>>, withinMs: number): Promise<BotAccount[]> {
    return (await this.#all('settle', { seqs, withinMs })).flat()
  }

  /** All leave, and their processes end. */
  async close(): Promise<void> {
    await this.#all('leave', {})
    for (const child of this.#processes) {
      child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    }
  }

  /** For when something has gone wrong. */
  kill(): void {
    for (const child of this.#processes) child.kill('SIGKILL')
  }

  #all<K extends BotsAsk>(what: K, asked: BotsAnswers[K]['asked']) {
    return Promise.all(this.#processes.map((child) => ask(child, what, asked)))
  }
}

function ask<K extends BotsAsk>(
  child: ChildProcess,
  what: K,
  asked: BotsAnswers[K]['asked'],
): Promise<BotsAnswers[K]['answer']> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the bots have ended'))
    child.once('exit', ended)
    child.once('message', (reply: BotsReply) => {
      child.off('exit', ended)
      if ('failed' in reply) reject(new Error(`the bots: ${reply.failed}`))
      else resolve(reply.answer as BotsAnswers[K]['answer'])
    })
    child.send({ ask: what, ...asked })
  })
}

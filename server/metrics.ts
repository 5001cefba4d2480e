import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { CommandAnswer } from '../shared/conference/rejection.ts'
import { conferenceRoles } from './identity/actor.ts'

export interface Census {
  readonly conferences: number
  readonly participants: Readonly<Record<(typeof conferenceRoles)[number], number>>
}

/** Prometheus figures of this process; none of them has an identifying label. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #commands = new Counter({
    name: 'caseroom_commands_total',
    help: 'Conference commands by what became of them: ok, or the reason of the refusal.',
    labelNames: ['result'],
    registers: [this.#registry],
  })
  readonly #imports = new Counter({
    name: 'caseroom_imports_total',
    help: 'Imports that have ended, by the state they ended in.',
    labelNames: ['state'],
    registers: [this.#registry],
  })

  constructor() {
    collectDefaultMetrics({ register: this.#registry })
  }

  /** `census` is asked at every look. */
  watchConferences(census: () => Census): void {
    const registers = [this.#registry]
    new Gauge({
      name: 'caseroom_conferences',
      help: 'Conferences held in this process.',
      registers,
      collect() {
        this.set(census().conferences)
      },
    })
    new Gauge({
      name: 'caseroom_participants',
      help: 'People in the conferences of this process, by role.',
      labelNames: ['role'],
      registers,
      collect() {
        const { participants } = census()
        for (const role of conferenceRoles) this.set({ role }, participants[role])
      },
    })
  }

  commandAnswered(answer: CommandAnswer): void {
    this.#commands.inc({ result: answer.ok ? 'ok' : answer.reason })
  }

  importEnded(state: string): void {
    this.#imports.inc({ state })
  }

  get contentType(): string {
    return this.#registry.contentType
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }
}

import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { CommandAnswer } from '../shared/conference/rejection.ts'
import { conferenceRoles } from './identity/actor.ts'

export interface Census {
  readonly conferences: number
  readonly participants: Readonly<Record<(typeof conferenceRoles)[number], number>>
}

export interface MediaFigures {
  readonly producers: Readonly<Record<MediaKind, number>>
  readonly consumers: Readonly<Record<MediaKind, number>>
  readonly workers: number
}

const mediaKinds = ['audio', 'video'] as const
type MediaKind = (typeof mediaKinds)[number]

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
  readonly #mediaWorkerDeaths = new Counter({
    name: 'caseroom_media_worker_deaths_total',
    help: 'Media workers that ended by themselves; each was replaced.',
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

  /** `figures` are asked at every look. */
  watchMedia(figures: () => MediaFigures): void {
    const registers = [this.#registry]
    const labelNames = ['kind'] as const
    new Gauge({
      name: 'caseroom_media_producers',
      help: 'Voices and views that are being sent, by kind.',
      labelNames,
      registers,
      collect() {
        const { producers } = figures()
        for (const kind of mediaKinds) this.set({ kind }, producers[kind])
      },
    })
    new Gauge({
      name: 'caseroom_media_consumers',
      help: 'Voices and views that are being received, by kind.',
      labelNames,
      registers,
      collect() {
        const { consumers } = figures()
        for (const kind of mediaKinds) this.set({ kind }, consumers[kind])
      },
    })
    new Gauge({
      name: 'caseroom_media_workers',
      help: 'Media workers that run; 0 is without voice and video.',
      registers,
      collect() {
        this.set(figures().workers)
      },
    })
  }

  watchCarried(count: () => number): void {
    new Gauge({
      name: 'caseroom_sockets_carried',
      help: 'Web sockets that came here and are carried to the process that hosts their room.',
      registers: [this.#registry],
      collect() {
        this.set(count())
      },
    })
  }

  mediaWorkerDied(): void {
    this.#mediaWorkerDeaths.inc()
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

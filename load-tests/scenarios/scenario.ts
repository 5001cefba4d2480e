import type { Role } from '../../shared/conference/role.ts'
import type { Activity } from '../bots/activity.ts'
import type { Budget } from './budget.ts'

interface Common {
  /** What `npm run bench -- NAME` calls it. */
  readonly name: string
  /** In words, for the report. */
  readonly title: string
  /** Each measured on its own: a figure is their median, with the lowest and the highest. */
  readonly rounds: number
  /** After so long it is ended, whatever it has measured. */
  readonly boundSeconds: number
  readonly budgets: readonly Budget[]
}

/** One or more conferences full of bots. */
export interface CrowdScenario extends Common {
  readonly kind: 'crowd'
  readonly rooms: number
  /** Of each room. */
  readonly crowd: readonly Part[]
  readonly arrivalsPerSecond: number
  readonly roundSeconds: number
  /** In every round. */
  readonly faults: readonly Fault[]
  /** Processes that the bots share. */
  readonly botProcesses: number
}

/** Some who do the same. */
export interface Part {
  /** Letters alone. */
  readonly as: string
  readonly count: number
  readonly role: Role
  readonly does: readonly Activity[]
}

/** Every line to the server is reset at once, as when a switch restarts. */
export interface Fault {
  readonly what: 'cut'
  readonly afterMs: number
}

/** Guests who open the demo case at the same moment, nothing of it on their side yet. */
export interface OpeningScenario extends Common {
  readonly kind: 'opening'
  /** How many at once, measured one after the other. */
  readonly guests: readonly number[]
}

export type Scenario = CrowdScenario | OpeningScenario

export const peopleIn = ({ rooms, crowd }: CrowdScenario): number =>
  rooms * crowd.reduce((sum, { count }) => sum + count, 0)

import type { Bench } from './reporting/bench-result.ts'
import { scenarios } from './scenarios/index.ts'
import type { Scenario } from './scenarios/scenario.ts'

export interface BenchEntry {
  /** After so long it is ended, whatever it has measured. */
  readonly boundSeconds: number
  readonly load: () => Promise<Bench>
}

const ofScenario = (scenario: Scenario): [string, BenchEntry] => [
  scenario.name,
  {
    boundSeconds: scenario.boundSeconds,
    load: async () => {
      if (scenario.kind === 'crowd') {
        const { benchCrowd } = await import('./crowd/bench-crowd.ts')
        return { run: () => benchCrowd(scenario) }
      }
      const { benchOpening } = await import('./opening/bench-opening.ts')
      return { run: () => benchOpening(scenario) }
    },
  },
]

/** What `npm run bench -- NAME` runs, in the order of a run of all. */
export const benches: ReadonlyMap<string, BenchEntry> = new Map<string, BenchEntry>([
  ...scenarios.map(ofScenario),
  ['failover', { boundSeconds: 240, load: () => import('./failover/bench-failover.ts') }],
  ['sync', { boundSeconds: 200, load: () => import('./sync/bench-sync.ts') }],
  ['import', { boundSeconds: 240, load: () => import('./import/bench-import.ts') }],
  ['stream', { boundSeconds: 120, load: () => import('./stream/bench-stream.ts') }],
  ['media', { boundSeconds: 200, load: () => import('./media/bench-media.ts') }],
  ['render', { boundSeconds: 380, load: () => import('./render/bench-render.ts') }],
])

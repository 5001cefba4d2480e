import { nothingLost } from './budget.ts'
import { hall } from './hall.ts'
import type { CrowdScenario } from './scenario.ts'

/** The hall, and in every round each of its lines is reset at the same moment. */
export const storm: CrowdScenario = {
  ...hall,
  name: 'storm',
  title: 'one room of 200, all cut at once',
  crowd: [
    {
      as: 'presenter',
      count: 1,
      role: 'attending',
      does: [
        { do: 'point', hz: 30, dragging: true },
        { do: 'move', everyMs: 100 },
        { do: 'cut', everyMs: 100 },
      ],
    },
    {
      as: 'pointer',
      count: 9,
      role: 'resident',
      does: [
        { do: 'point', hz: 30 },
        { do: 'mark', everyMs: 500 },
      ],
    },
    { as: 'listener', count: 190, role: 'resident', does: [] },
  ],
  rounds: 5,
  roundSeconds: 5,
  botProcesses: 2,
  faults: [{ what: 'cut', afterMs: 1_000 }],
  boundSeconds: 150,
  budgets: [
    {
      measure: 'backP95Ms',
      atMost: 3_000,
      why: 'three seconds are a pause in a sentence; longer, and people reach for the mouse',
    },
    { measure: 'backLastMs', atMost: 5_000, why: 'nobody is left behind while the others go on' },
    ...nothingLost,
  ],
}

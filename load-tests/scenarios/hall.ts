import { nothingLost } from './budget.ts'
import type { CrowdScenario } from './scenario.ts'

/** A lecture: one shows, nine point, a hundred and ninety listen. */
export const hall: CrowdScenario = {
  kind: 'crowd',
  name: 'hall',
  title: 'one room of 200',
  rooms: 1,
  crowd: [
    {
      as: 'presenter',
      count: 1,
      role: 'attending',
      does: [
        { do: 'point', hz: 30, dragging: true },
        { do: 'move', everyMs: 1_000 },
        { do: 'cut', everyMs: 1_000 },
        { do: 'mark', everyMs: 2_000 },
      ],
    },
    { as: 'pointer', count: 9, role: 'resident', does: [{ do: 'point', hz: 30 }] },
    { as: 'listener', count: 190, role: 'resident', does: [] },
  ],
  arrivalsPerSecond: 50,
  rounds: 3,
  roundSeconds: 8,
  faults: [],
  botProcesses: 1,
  boundSeconds: 90,
  budgets: [
    {
      measure: 'poseP99Ms',
      atMost: 50,
      why: 'a tick of the relay and half another: a laser that trails the voice more is noticed',
    },
    {
      measure: 'commandP99Ms',
      atMost: 100,
      why: 'below a tenth of a second a press and its effect are one',
    },
    {
      measure: 'serverCpuPercent',
      atMost: 25,
      why: 'a hall leaves three quarters of a core to voices and imports',
    },
    {
      measure: 'kbPerParticipant',
      atMost: 1_000,
      why: 'a thousand people fit beside an import in a 4 GB machine',
    },
    { measure: 'joinP95Ms', atMost: 1_000, why: 'fifty a second come in without a queue' },
    ...nothingLost,
  ],
}

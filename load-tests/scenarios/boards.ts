import { nothingLost } from './budget.ts'
import type { CrowdScenario } from './scenario.ts'

/** A hospital's morning: forty tumour boards at once. */
export const boards: CrowdScenario = {
  kind: 'crowd',
  name: 'boards',
  title: 'forty rooms of 8',
  rooms: 40,
  crowd: [
    {
      as: 'presenter',
      count: 1,
      role: 'attending',
      does: [
        { do: 'point', hz: 10 },
        { do: 'move', everyMs: 5_000 },
        { do: 'cut', everyMs: 5_000 },
      ],
    },
    {
      as: 'member',
      count: 7,
      role: 'resident',
      does: [
        { do: 'point', hz: 10 },
        { do: 'mark', everyMs: 10_000 },
      ],
    },
  ],
  arrivalsPerSecond: 80,
  rounds: 3,
  roundSeconds: 8,
  faults: [],
  botProcesses: 1,
  boundSeconds: 90,
  budgets: [
    {
      measure: 'poseP99Ms',
      atMost: 50,
      why: 'as in the hall: forty boards do not feel each other',
    },
    { measure: 'commandP99Ms', atMost: 100, why: 'a press and its effect are one' },
    {
      measure: 'serverCpuPercent',
      atMost: 60,
      why: 'one process carries a hospital’s boards and still answers calls',
    },
    { measure: 'kbPerParticipant', atMost: 1_000, why: 'as in the hall' },
    { measure: 'joinP95Ms', atMost: 1_000, why: 'all boards begin at eight' },
    ...nothingLost,
  ],
}

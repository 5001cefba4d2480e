import type { OpeningScenario } from './scenario.ts'

/** The link is sent, and everybody opens it. */
export const opening: OpeningScenario = {
  kind: 'opening',
  name: 'opening',
  title: 'guests open the demo CT (512×512×135) at once, nothing of it cached',
  guests: [1, 5, 20],
  rounds: 3,
  boundSeconds: 150,
  budgets: [
    {
      measure: 'firstLevelP95Ms',
      atMost: 2_000,
      why: 'something true is there before anybody asks whether it works',
    },
    {
      measure: 'finestP95Ms',
      atMost: 10_000,
      why: 'the full resolution is there before the history is told',
    },
    {
      measure: 'serverCpuMsPerGuest',
      atMost: 1_000,
      why: 'twenty guests on one core are twenty seconds of its work, spread over their lines',
    },
  ],
}

import { describe, expect, it } from 'vitest'
import { backAfterMs } from '../../load-tests/crowd/crowd-measured.ts'
import { runCrowd } from '../../load-tests/crowd/run-crowd.ts'
import { runBounded } from '../../load-tests/reporting/run-bounded.ts'
import type { CrowdScenario } from '../../load-tests/scenarios/scenario.ts'
import { childrenOf, isRunning } from '../support/processes.ts'
import { until } from '../support/until.ts'

const small: CrowdScenario = {
  kind: 'crowd',
  name: 'small',
  title: 'two rooms of four, all cut at once',
  rooms: 2,
  crowd: [
    {
      as: 'presenter',
      count: 1,
      role: 'attending',
      does: [
        { do: 'point', hz: 30, dragging: true },
        { do: 'move', everyMs: 40 },
        { do: 'cut', everyMs: 90 },
      ],
    },
    {
      as: 'member',
      count: 2,
      role: 'resident',
      does: [
        { do: 'point', hz: 10 },
        { do: 'mark', everyMs: 100 },
      ],
    },
    { as: 'observer', count: 1, role: 'observer', does: [] },
  ],
  arrivalsPerSecond: 50,
  rounds: 1,
  roundSeconds: 2,
  faults: [{ what: 'cut', afterMs: 700 }],
  botProcesses: 2,
  boundSeconds: 60,
  budgets: [],
}

describe('a scenario of the load tests', () => {
  it('cuts everybody, and by the log nothing is lost, nothing is doubled, all hold its state', async () => {
    const run = await runCrowd(small)
    expect(run.bots.length).toBe(8)
    for (const bot of run.bots) expect(bot.returns.length).toBeGreaterThanOrEqual(1)
    expect(run.rounds.map((round) => backAfterMs(run, round).length)).toEqual([8])
    expect(run.rounds[0]?.latencies.count).toBeGreaterThan(100)
    expect(run.accounts.commandsSent).toBeGreaterThan(20)
    expect(run.accounts).toMatchObject({
      refused: 0,
      unanswered: 0,
      lost: 0,
      doubled: 0,
      notBack: 0,
      wrongHashes: 0,
    })
    const rooms = new Map(
      run.bots.map(({ conferenceId, seq, hash }) => [conferenceId, { seq, hash }]),
    )
    expect(rooms.size).toBe(2)
    for (const { conferenceId, seq, hash } of run.bots) {
      expect({ seq, hash }).toEqual(rooms.get(conferenceId))
    }
  }, 120_000)

  it('is ended at its bound with everything that it has started', async () => {
    const before = new Set(childrenOf(process.pid))
    const ending = runBounded('hall', 6)
    const below = await until('a server below the bench', () => {
      const [bench] = childrenOf(process.pid).filter((pid) => !before.has(pid))
      const started = bench === undefined ? [] : childrenOf(bench)
      return started.length > 0 && started
    })
    expect(await ending).toMatchObject({ state: 'ended', boundSeconds: 6 })
    expect(below.filter(isRunning)).toEqual([])
  })
})

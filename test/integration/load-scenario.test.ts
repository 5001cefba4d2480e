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

/** What ran below a bench when it was ended; on a busy machine nothing runs so soon. */
async function endedAfter(boundSeconds: number): Promise<readonly number[]> {
  const before = new Set(childrenOf(process.pid))
  let ended = false
  const ending = runBounded('hall', boundSeconds).finally(() => {
    ended = true
  })
  let below: readonly number[] = []
  await until('the bench has begun or ended', () => {
    const [bench] = childrenOf(process.pid).filter((pid) => !before.has(pid))
    if (bench !== undefined) below = childrenOf(bench)
    return ended || below.length > 0
  })
  expect(await ending).toMatchObject({ state: 'ended', boundSeconds })
  return below.length > 0 || boundSeconds > 20 ? below : endedAfter(3 * boundSeconds)
}

describe('a scenario of the load tests', () => {
  it('cuts everybody, and by the log nothing is lost, nothing is doubled, all hold its state', async () => {
    const run = await runCrowd(small)
    expect(run.bots.length).toBe(8)
    for (const bot of run.bots) expect(bot.returns.length).toBeGreaterThanOrEqual(1)
    const [round, ...more] = run.rounds
    expect(more).toEqual([])
    // However busy the machine is: some may hear of the cut after the round.
    const sinceFault = { ...round!, endMs: Number.POSITIVE_INFINITY }
    expect(backAfterMs(run, sinceFault).length).toBeGreaterThanOrEqual(8)
    expect(round?.latencies.count).toBeGreaterThan(0)
    expect(run.accounts.commandsSent).toBeGreaterThan(0)
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
    const below = await endedAfter(6)
    expect(below.length).toBeGreaterThan(0)
    expect(below.filter(isRunning)).toEqual([])
  }, 120_000)
})

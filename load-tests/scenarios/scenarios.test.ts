import { describe, expect, it } from 'vitest'
import { judge } from './budget.ts'
import { scenarios } from './index.ts'
import { peopleIn } from './scenario.ts'

describe('the scenarios', () => {
  it('have names of their own that a command line takes', () => {
    const names = scenarios.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+$/)
  })

  it('say why of every budget, once for each measure', () => {
    for (const { budgets } of scenarios) {
      expect(budgets.length).toBeGreaterThan(0)
      for (const { why } of budgets) expect(why.length).toBeGreaterThan(10)
      const held = budgets.map(({ measure }) => measure)
      expect(new Set(held).size).toBe(held.length)
    }
  })

  it('fit into their bounds, the waiting between rounds not counted', () => {
    for (const scenario of scenarios) {
      if (scenario.kind !== 'crowd') continue
      const arriving = peopleIn(scenario) / scenario.arrivalsPerSecond
      const playing = scenario.rounds * scenario.roundSeconds
      expect(2 * (arriving + playing)).toBeLessThanOrEqual(scenario.boundSeconds)
      for (const { afterMs } of scenario.faults) {
        expect(afterMs).toBeLessThan(scenario.roundSeconds * 1000)
      }
    }
  })

  it('have somebody who may do what is done', () => {
    for (const scenario of scenarios) {
      if (scenario.kind !== 'crowd') continue
      const leading = scenario.crowd.filter(({ does }) =>
        does.some((activity) => activity.do === 'move' || activity.do === 'cut'),
      )
      expect(leading).toMatchObject([{ role: 'attending', count: 1 }])
      for (const { as } of scenario.crowd) expect(as).toMatch(/^[a-z]+$/)
    }
  })
})

describe('a budget', () => {
  const budget = { measure: 'poseP99Ms', atMost: 50, why: 'it is seen' } as const

  it('is kept by the median, or by every round where it says so', () => {
    const measured = { poseP99Ms: [40, 45, 90] }
    expect(judge(budget, measured)).toEqual({ value: 45, kept: true })
    expect(judge({ ...budget, of: 'worst' }, measured)).toEqual({ value: 90, kept: false })
  })

  it('is missed where nothing was measured', () => {
    expect(judge(budget, {}).kept).toBe(false)
    expect(judge({ ...budget, of: 'worst' }, { poseP99Ms: [] }).kept).toBe(false)
  })
})

import { expect, it } from 'vitest'
import type { Outcome } from './bench-result.ts'
import { judgeFigures } from './judge-figures.ts'
import { measureNoise } from './noise.ts'
import { reportFiles } from './report.ts'

const budget = { what: 'a laser seen, p99', budget: '≤ 50 ms', why: 'it trails the voice' }
const outcomes: Outcome[] = [
  {
    name: 'hall',
    seconds: 40,
    state: 'done',
    result: {
      text: 'a table',
      budgets: [
        { ...budget, measured: '41 ms', kept: true },
        { ...budget, measured: '61 ms', kept: false },
      ],
      plots: [{ name: 'hall-latency', svg: '<svg/>' }],
      latencies: [{ name: 'hall', p50Ms: 10, p90Ms: 20, p99Ms: 41 }],
    },
  },
  { name: 'render', seconds: 360, state: 'ended', boundSeconds: 360 },
  { name: 'sync', seconds: 1, state: 'failed', words: 'no server' },
]

it('a report says what was kept and missed, what was ended and failed, and shows its plots', () => {
  const files = reportFiles(outcomes, [measureNoise('before'), measureNoise('after hall')])
  const text = files.get('report.md') ?? ''
  expect(text).toContain('1 of 2 kept.')
  expect(text).toMatch(/61 ms +\| \*\*missed\*\*/)
  expect(text).toContain('ended at its bound of 360 s')
  expect(text).toContain('no server')
  expect(text).toMatch(/\| after hall +\|/)
  const shown = [...text.matchAll(/\]\((\S+\.svg)\)/g)].map(([, name]) => name ?? '')
  expect(shown.sort()).toEqual(['hall-latency.svg', 'pose-latency.svg'])
  for (const name of shown) expect(files.get(name)).toContain('<svg')
})

it('a figure is judged by its median, against the most or the least it may be', () => {
  const figures = { what: 'ratio', values: [0.4, 0.6, 0.9], unit: '', digits: 1, why: 'it counts' }
  expect(judgeFigures({ ...figures, limit: { atLeast: 0.5 } }).kept).toBe(true)
  expect(judgeFigures({ ...figures, limit: { atMost: 0.5 } })).toMatchObject({
    budget: '≤ 0.5',
    measured: '0.6 (0.4–0.9)',
    kept: false,
  })
  expect(judgeFigures({ ...figures, values: [], limit: { atMost: 1 } }).kept).toBe(false)
  expect(judgeFigures({ ...figures, values: [], limit: { atLeast: 1 } }).kept).toBe(false)
})

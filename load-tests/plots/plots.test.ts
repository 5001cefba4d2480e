import { describe, expect, it } from 'vitest'
import { barPlot } from './bar-plot.ts'
import { area } from './frame.ts'
import { linePlot } from './line-plot.ts'
import { linearScale } from './scale.ts'

const bars = barPlot({
  title: 'A <laser> & "its" way',
  x: { label: 'scenario' },
  y: { label: 'latency (ms)', budget: { value: 40, label: 'budget 40 ms' } },
  bars: ['p50', 'p99'],
  groups: [
    { name: 'hall & stairs', values: [10, 90] },
    { name: 'boards', values: [12, Number.NaN] },
  ],
})
const lines = linePlot({
  title: 'Coming back',
  x: { label: 'time since the cut (ms)', budget: { value: 3000, label: 'p95 ≤ 3 s' } },
  y: { label: 'people back (%)' },
  series: [
    {
      name: 'round 1',
      points: [
        [100, 0],
        [800, 100],
      ],
    },
    {
      name: 'round 2',
      points: [
        [120, 0],
        [1000, 100],
      ],
    },
  ],
})

/** Throws where tags do not close in order, or text holds a character of the markup. */
function assertWellFormed(xml: string): void {
  const tag = /<(\/?)([a-z]+)(?: [\w:-]+="[^"<]*")*>/g
  const open: string[] = []
  for (const [whole, closing, name] of xml.matchAll(tag)) {
    if (!closing) open.push(name ?? '')
    else if (open.pop() !== name) throw new Error(`${whole} closes something else`)
  }
  if (open.length > 0) throw new Error(`${open.join()} not closed`)
  const text = xml.replaceAll(tag, '')
  if (/[<>]|&(?!amp;|lt;|gt;|quot;)/.test(text)) throw new Error('bare markup in a text')
}

const yOf = (svg: string, kind: string) =>
  [...svg.matchAll(new RegExp(`<line class="${kind}"[^>]* y1="([\\d.]+)"`, 'g'))].map(([, y]) =>
    Number(y),
  )

describe('a plot', () => {
  it('is well-formed whatever its words are', () => {
    for (const svg of [bars, lines]) assertWellFormed(svg)
    expect(bars).toContain('A &lt;laser&gt; &amp; &quot;its&quot; way')
    expect(() => assertWellFormed('<svg><g></svg></g>')).toThrow()
    expect(() => assertWellFormed('<svg>a & b</svg>')).toThrow()
  })

  it('draws a budget as high as the grid line of the same value', () => {
    const [at0 = 0, at100 = 0] = [yOf(bars, 'axis')[0], yOf(bars, 'grid').at(-1)]
    const [budget = 0] = yOf(bars, 'budget')
    expect(at0).toBeGreaterThan(at100) // SVG's y grows downwards
    expect((at0 - budget) / (at0 - at100)).toBeCloseTo(0.4, 3)
    expect(yOf(bars, 'grid')).toContain(budget)
  })

  it('has a bar as high as its value, and none where nothing was measured', () => {
    const heights = [...bars.matchAll(/<rect class="s\d"[^>]*height="([\d.]+)"/g)]
      .map(([, height]) => Number(height))
      .filter((height) => height > 8)
    const full = (yOf(bars, 'axis')[0] ?? 0) - (yOf(bars, 'grid').at(-1) ?? 0)
    expect(heights.map((height) => (height / full) * 100)).toEqual([
      expect.closeTo(10, 1),
      expect.closeTo(90, 1),
      expect.closeTo(12, 1),
    ])
  })

  it('draws a budget of the x axis upright, where its value is', () => {
    const [, x1, x2] = lines.match(/<line class="budget" x1="([\d.]+)" x2="([\d.]+)"/) ?? []
    const scale = linearScale(3000, [area.left, area.right])
    expect(x1).toBe(x2)
    expect(Number(x1)).toBeCloseTo(scale.at(3000), 1)
  })

  it('names its series, axes and units, and is legible in the dark', () => {
    for (const words of ['round 1', 'round 2', 'time since the cut (ms)', 'people back (%)']) {
      expect(lines).toContain(`>${words}<`)
    }
    expect(lines).toContain('prefers-color-scheme:dark')
  })
})

it('an axis ends at a round number that holds everything', () => {
  expect(linearScale(90, [0, 1]).ticks).toEqual([0, 20, 40, 60, 80, 100])
  expect(linearScale(50, [0, 1]).max).toBe(50)
  expect(linearScale(0.3, [0, 1]).max).toBeCloseTo(0.3)
  expect(linearScale(1234, [0, 1]).max).toBe(1500)
})

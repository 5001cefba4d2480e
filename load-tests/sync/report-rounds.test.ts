import { expect, it } from 'vitest'
import type { Round } from './measure-crowd.ts'
import { latencies, noise, roundsTable } from './report-rounds.ts'

const round = (cpuPercent: number, samplesPerSecond: number, p99Ms: number): Round => ({
  p50Ms: 10,
  p90Ms: 20,
  p99Ms,
  cpuPercent,
  clientsCpuPercent: 20,
  messagesPerSecond: 30,
  samplesPerSecond,
  kbPerSecond: 8,
})

const results = new Map([
  ['bare', [round(10, 300, 30), round(20, 300, 40), round(10, 300, 30)]],
  ['queued, at once', [round(50, 150, 900), round(60, 100, 900), round(40, 200, 900)]],
  ['bare again', [round(10, 300, 60), round(10, 300, 40), round(20, 300, 15)]],
])

it('divides the CPU for a sample by that of the relay in the same round', () => {
  const line = roundsTable(results, 'bare').split('\n').at(3) ?? ''
  const cells = line.split('|').map((cell) => cell.trim())
  expect(cells[1]).toBe('queued, at once')
  expect(cells[5]).toBe('9.00 (6.00–10.00)')
})

it('tells what the machine makes of the same thing measured twice', () => {
  expect(noise(results, 'bare', 'bare again')).toContain(
    'CPU for a sample 1.00 (0.50–2.00), p99 1.00 (0.50–2.00)',
  )
})

it('takes the median of the rounds for a plot, without those that measure the noise', () => {
  expect(latencies(results, { but: 'bare again', where: 'two listeners' })).toEqual([
    { name: 'bare, two listeners', p50Ms: 10, p90Ms: 20, p99Ms: 30 },
    { name: 'queued, two listeners', p50Ms: 10, p90Ms: 20, p99Ms: 900 },
  ])
})

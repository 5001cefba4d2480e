import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runItems } from '../../server/dicom/decode/test-support/fuzz-pool.ts'
import type { FuzzItem, FuzzOutcome } from '../../server/dicom/decode/test-support/fuzz-process.ts'
import { type FuzzSeed, fuzzSeeds } from '../../server/dicom/decode/test-support/fuzz-seeds.ts'
import { mutate } from '../../server/dicom/decode/test-support/mutate.ts'
import { xorshift } from '../../server/dicom/decode/test-support/xorshift.ts'
import { problemWords } from '../../server/dicom/problem.ts'

const seed = Number(process.env.CASEROOM_FUZZ_SEED ?? 20_261_122)
const count = Number(process.env.CASEROOM_FUZZ_ITEMS ?? 20_000)
const processes = 2
const mostCpuMs = 2000
/** Of each process. */
const mostResidentMb = 600
/** A busy machine lets a process wait; what it worked is held against `mostCpuMs`. */
const watchdogMs = 20_000

let seeds: readonly FuzzSeed[] = []
const seedOf = (number: number) => seeds[number % seeds.length]!

/** The same number and seed, the same bytes. */
function* items(): Generator<FuzzItem> {
  const others = seeds.map(({ content }) => content)
  for (let number = 0; number < count; number++) {
    const random = xorshift(seed + number)
    yield { number, content: mutate(seedOf(number).content, others, random) }
  }
}

const describeItem = ({ number, outcome, cpuMs }: FuzzOutcome) =>
  `item ${number} of ${seedOf(number).name}: ${outcome}, ${Math.round(cpuMs)} ms`

describe(`mutated files (seed ${seed})`, () => {
  const begin = performance.now()
  let outcomes: readonly FuzzOutcome[] = []

  beforeAll(async () => {
    seeds = await fuzzSeeds()
    outcomes = await runItems(items(), { processes, watchdogMs })
  }, 900_000)

  afterAll(() => {
    const counts = Map.groupBy(outcomes, ({ outcome }) => outcome)
    const rows = [...counts].map(
      ([outcome, all]) => `${String(all.length).padStart(6)}  ${outcome}`,
    )
    const slowest = outcomes
      .toSorted((a, b) => b.cpuMs - a.cpuMs)
      .slice(0, 3)
      .map(describeItem)
    const residentMb = Math.round(Math.max(...outcomes.map((each) => each.residentMb)))
    const seconds = Math.round((performance.now() - begin) / 1000)
    const summary = `${outcomes.length} files in ${seconds} s, at most ${residentMb} MB; slowest:`
    process.stdout.write(`\n${[...rows.sort().reverse(), summary, ...slowest].join('\n')}\n\n`)
  })

  it('[IN-4] every syntax and kind of pixels is among the seeds, and whole as it is', async () => {
    const whole = seeds.map(({ content }, number) => ({ number, content }))
    const answers = await runItems(whole, { processes: 1, watchdogMs })
    expect(answers.filter(({ outcome }) => outcome !== 'pixels').map(describeItem)).toEqual([])
    expect(seeds.length).toBeGreaterThan(30)
  })

  it(`[IN-5] ${count} of them end with pixels of the right size or a refusal's code`, () => {
    const known = new Set(['pixels', ...Object.keys(problemWords)])
    expect(outcomes).toHaveLength(count)
    expect(outcomes.filter(({ outcome }) => !known.has(outcome)).map(describeItem)).toEqual([])
    expect(outcomes.filter(({ outcome }) => outcome === 'pixels').length).toBeGreaterThan(
      count / 20,
    )
  })

  it(`[IN-5] each within ${mostCpuMs} ms of work and ${mostResidentMb} MB of memory`, () => {
    expect(outcomes.filter(({ cpuMs }) => cpuMs > mostCpuMs).map(describeItem)).toEqual([])
    expect(Math.max(...outcomes.map(({ residentMb }) => residentMb))).toBeLessThan(mostResidentMb)
  })
})

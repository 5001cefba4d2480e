import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { benches } from './benches.ts'
import type { Outcome } from './reporting/bench-result.ts'
import { measureNoise, type Noise } from './reporting/noise.ts'
import { reportFiles } from './reporting/report.ts'
import { runBounded } from './reporting/run-bounded.ts'

/**
 * `npm run bench`: every bench; `npm run bench -- NAME …`: those named. Each is bounded in time, and
 * what is known is written after each.
 */
const folder = join(import.meta.dirname, 'report')

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benches.has(name))
if (unknown.length > 0) {
  const known = [...benches.keys()].join(', ')
  process.stderr.write(`There is no bench ${unknown.join(', ')}: ${known}.\n`)
  process.exit(2)
}

const outcomes: Outcome[] = []
const noises: Noise[] = [measureNoise('before')]
for (const [name, { boundSeconds }] of benches) {
  if (asked.length > 0 && !asked.includes(name)) continue
  process.stdout.write(`\n## ${name} (at most ${boundSeconds} s)\n\n`)
  const outcome = await runBounded(name, boundSeconds)
  outcomes.push(outcome)
  noises.push(measureNoise(`after ${name}`))
  process.stdout.write(`${inWords(outcome)}\n`)
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of reportFiles(outcomes, noises)) {
    writeFileSync(join(folder, file), content)
  }
}
process.stdout.write(`\nThe report: ${relative(process.cwd(), join(folder, 'report.md'))}\n`)
process.exit(outcomes.some(({ state }) => state === 'failed') ? 1 : 0)

function inWords(outcome: Outcome): string {
  if (outcome.state === 'ended') return `Ended after ${outcome.boundSeconds} s.`
  if (outcome.state === 'failed') return `Failed: ${outcome.words}`
  const missed = outcome.result.budgets?.filter(({ kept }) => !kept) ?? []
  const budgets = missed.map(
    ({ what, budget, measured }) => `- missed: ${what}: ${measured}, ${budget}`,
  )
  return [outcome.result.text, ...budgets, `\n${outcome.seconds.toFixed(0)} s`].join('\n')
}

import { createHash } from 'node:crypto'
import { availableParallelism, loadavg } from 'node:os'
import { spread } from '../statistics.ts'
import { table } from '../table.ts'

/** The same piece of work at some moment of a run: what it takes tells of the others on the machine. */
export interface Noise {
  readonly when: string
  /** Five times SHA-256 of 64 MB, one after the other. */
  readonly hashMs: readonly number[]
  /** Processes that wanted a core, over the last minute. */
  readonly load: number
}

const megabytes = 64
const times = 5

export function measureNoise(when: string): Noise {
  const work = Buffer.alloc(megabytes * 1_000_000, 1)
  const hashMs = Array.from({ length: times }, () => {
    const startMs = performance.now()
    createHash('sha256').update(work).digest()
    return performance.now() - startMs
  })
  return { when, hashMs, load: loadavg()[0] ?? Number.NaN }
}

export function noiseTable(noises: readonly Noise[]): string {
  const all = noises.flatMap(({ hashMs }) => hashMs)
  const ratio = Math.max(...all) / Math.min(...all)
  return [
    table(
      ['when', `SHA-256 of ${megabytes} MB, ms`, 'load'],
      noises.map(({ when, hashMs, load }) => [when, spread(hashMs, 0), load.toFixed(1)]),
    ),
    `The slowest of the same work took ${ratio.toFixed(1)} times the fastest, on ` +
      `${availableParallelism()} cores. A difference smaller than that says nothing; a load above ` +
      'the cores says that every time is too long.',
  ].join('\n\n')
}

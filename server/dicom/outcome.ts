import type { Alteration } from './alteration.ts'
import { maxReportedProblems } from './bounds.ts'
import { type Problem, type ProblemCode, problemWords } from './problem.ts'

/** Files that are in no volume, by reason. */
export interface SetAside {
  readonly code: ProblemCode
  readonly count: number
  readonly message: string
}

/** What a normal CD contains: said in the report, not held against the import. */
const ordinary: ReadonlySet<ProblemCode> = new Set([
  'not-dicom',
  'not-an-image',
  'localizer',
  'derived-object',
  'screenshot',
  'multi-frame',
  'colour-image',
  'unsupported-modality',
  'too-few-slices',
])

type Refused = Pick<Problem, 'code' | 'message'>

/** Accounts for every file that did not become a slice. */
export class Outcome {
  readonly #counts = new Map<ProblemCode, number>()
  readonly #problems: Problem[] = []
  readonly #ordinary = new Map<ProblemCode, { first: Problem; times: number }>()

  #seriesIndex = 0

  /** Series are numbered over a whole import, in the order they are looked at. */
  nextSeriesIndex(): number {
    return this.#seriesIndex++
  }

  refuseFile(error: Refused, fileIndex: number): void {
    this.#refuse({ code: error.code, message: error.message, fileIndex }, 1)
  }

  refuseSeries(error: Refused, seriesIndex: number, files: number): void {
    this.#refuse({ code: error.code, message: error.message, seriesIndex }, files)
  }

  refuseAll(error: Refused, files: number): void {
    this.#refuse({ code: error.code, message: error.message }, files)
  }

  /** What a volume does not show as it was sent. */
  alter(alterations: readonly Alteration[], seriesIndex: number): void {
    this.#problems.push(...alterations.map((each) => ({ ...each, seriesIndex })))
  }

  /** None are counted where all of them are in a volume too, as frames of one file may be. */
  setAside(code: ProblemCode, files: number): void {
    if (files === 0) return
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + files)
  }

  /** Where nothing became a volume, what is ordinary elsewhere is the reason: said once a code. */
  problems(hasVolume: boolean): readonly Problem[] {
    const refused = this.#problems.toSorted((a, b) => (a.fileIndex ?? -1) - (b.fileIndex ?? -1))
    if (hasVolume) return refused.slice(0, maxReportedProblems)
    const reasons = [...this.#ordinary].map(([code, { first, times }]) =>
      times === 1 ? first : { code, message: `${first.message} (${times} times)` },
    )
    const noVolume: Problem = { code: 'no-volume', message: problemWords['no-volume'] }
    return [...reasons, noVolume, ...refused].slice(0, maxReportedProblems)
  }

  list(): readonly SetAside[] {
    return [...this.#counts].map(([code, count]) => ({ code, count, message: problemWords[code] }))
  }

  #refuse(problem: Problem, files: number): void {
    this.setAside(problem.code, files)
    if (!ordinary.has(problem.code)) this.#problems.push(problem)
    else {
      const { first, times } = this.#ordinary.get(problem.code) ?? { first: problem, times: 0 }
      this.#ordinary.set(problem.code, { first, times: times + 1 })
    }
  }
}

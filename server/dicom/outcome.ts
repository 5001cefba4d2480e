import { maxReportedProblems } from './bounds.ts'
import { type DicomError, type Problem, type ProblemCode, problemWords } from './problem.ts'

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
  'unsupported-modality',
  'too-few-slices',
])

/** Accounts for every file that did not become a slice. */
export class Outcome {
  readonly #counts = new Map<ProblemCode, number>()
  readonly #problems: Problem[] = []
  readonly #ordinary = new Map<ProblemCode, { first: Problem; times: number }>()

  refuseFile(error: DicomError, fileIndex: number): void {
    this.#refuse({ code: error.code, message: error.message, fileIndex }, 1)
  }

  refuseSeries(error: DicomError, seriesIndex: number, files: number): void {
    this.#refuse({ code: error.code, message: error.message, seriesIndex }, files)
  }

  refuseAll(error: DicomError, files: number): void {
    this.#refuse({ code: error.code, message: error.message }, files)
  }

  setAside(code: ProblemCode, files: number): void {
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

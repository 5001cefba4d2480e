import { maxReportedFiles } from './bounds.ts'
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
  readonly #ordinary: Problem[] = []

  refuseFile(error: DicomError, fileIndex: number): void {
    this.setAside(error.code, 1)
    this.#add({ code: error.code, message: error.message, fileIndex })
  }

  refuseSeries(error: DicomError, seriesIndex: number, files: number): void {
    this.setAside(error.code, files)
    this.#add({ code: error.code, message: error.message, seriesIndex })
  }

  setAside(code: ProblemCode, files: number): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + files)
  }

  /** Where nothing became a volume, what is ordinary elsewhere is the reason. */
  problems(hasVolume: boolean): readonly Problem[] {
    if (hasVolume) return this.#problems
    const noVolume: Problem = { code: 'no-volume', message: problemWords['no-volume'] }
    return [noVolume, ...this.#problems, ...this.#ordinary]
  }

  list(): readonly SetAside[] {
    return [...this.#counts].map(([code, count]) => ({ code, count, message: problemWords[code] }))
  }

  #add(problem: Problem): void {
    const list = ordinary.has(problem.code) ? this.#ordinary : this.#problems
    if (list.length < maxReportedFiles) list.push(problem)
  }
}

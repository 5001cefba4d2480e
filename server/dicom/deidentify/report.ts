/** Counts by attribute keyword only, over all files of an import; never a value. */
export interface DeidentificationReport {
  readonly files: number
  readonly removed: Readonly<Record<string, number>>
  readonly emptied: Readonly<Record<string, number>>
  readonly replaced: Readonly<Record<string, number>>
  readonly datesShifted: Readonly<Record<string, number>>
  /** Texts of which only words that identify nobody are left. */
  readonly cleaned: Readonly<Record<string, number>>
  readonly kept: Readonly<Record<string, number>>
  /** Different identifiers, not occurrences. */
  readonly uidsRemapped: number
  readonly privateElements: number
  /** Standard attributes that Caseroom has no use for, or whose value does not fit them. */
  readonly unlisted: number
  readonly overlays: number
  readonly curves: number
  readonly icons: number
  readonly preambles: number
  readonly fileMeta: number
}

type Named = 'removed' | 'emptied' | 'replaced' | 'datesShifted' | 'cleaned' | 'kept'
type Counted = Exclude<keyof DeidentificationReport, Named>

/** Collects a DeidentificationReport while files are read. */
export class DeidentificationTally {
  readonly #named: Record<Named, Record<string, number>> = {
    removed: {},
    emptied: {},
    replaced: {},
    datesShifted: {},
    cleaned: {},
    kept: {},
  }
  readonly #counted: Record<Counted, number> = {
    files: 0,
    uidsRemapped: 0,
    privateElements: 0,
    unlisted: 0,
    overlays: 0,
    curves: 0,
    icons: 0,
    preambles: 0,
    fileMeta: 0,
  }

  name(what: Named, keyword: string, by = 1): void {
    const counts = this.#named[what]
    counts[keyword] = (counts[keyword] ?? 0) + by
  }

  count(what: Counted, by = 1): void {
    this.#counted[what] += by
  }

  /** What another tally, perhaps in another thread, has counted. */
  add(report: DeidentificationReport): void {
    for (const what of Object.keys(this.#named) as Named[]) {
      for (const [keyword, by] of Object.entries(report[what])) this.name(what, keyword, by)
    }
    for (const what of Object.keys(this.#counted) as Counted[]) this.count(what, report[what])
  }

  report(): DeidentificationReport {
    return structuredClone({ ...this.#named, ...this.#counted })
  }
}

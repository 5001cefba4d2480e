/** Counts by attribute keyword only, over all files of an import; never a value. */
export interface DeidentificationReport {
  readonly files: number
  readonly removed: Readonly<Record<string, number>>
  readonly emptied: Readonly<Record<string, number>>
  readonly replaced: Readonly<Record<string, number>>
  readonly datesShifted: Readonly<Record<string, number>>
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

type Named = 'removed' | 'emptied' | 'replaced' | 'datesShifted' | 'kept'
type Counted = 'files' | Exclude<keyof DeidentificationReport, Named | 'uidsRemapped' | 'files'>

/** Collects a DeidentificationReport while files are read. */
export class DeidentificationTally {
  readonly #named: Record<Named, Record<string, number>> = {
    removed: {},
    emptied: {},
    replaced: {},
    datesShifted: {},
    kept: {},
  }
  readonly #counted: Record<Counted, number> = {
    files: 0,
    privateElements: 0,
    unlisted: 0,
    overlays: 0,
    curves: 0,
    icons: 0,
    preambles: 0,
    fileMeta: 0,
  }
  readonly #uids = new Set<string>()

  name(what: Named, keyword: string): void {
    const counts = this.#named[what]
    counts[keyword] = (counts[keyword] ?? 0) + 1
  }

  count(what: Counted, by = 1): void {
    this.#counted[what] += by
  }

  uid(remapped: string): void {
    this.#uids.add(remapped)
  }

  report(): DeidentificationReport {
    return structuredClone({
      ...this.#named,
      ...this.#counted,
      uidsRemapped: this.#uids.size,
    })
  }
}

import type { Keyword } from '../../../shared/dicom/attributes.ts'

export type CleanValue = readonly string[] | readonly number[] | readonly CleanDataSet[]

/**
 * What is left of a data set after de-identification: attributes of our dictionary with values that
 * fit them. Codes and numbers may still be odd, so what leaves this folder is checked once more.
 */
export class CleanDataSet {
  readonly #values: ReadonlyMap<Keyword, CleanValue>

  constructor(values: ReadonlyMap<Keyword, CleanValue>) {
    this.#values = values
  }

  has(keyword: Keyword): boolean {
    return this.#values.has(keyword)
  }

  /** NaN where the text is no number; empty where the attribute is missing. */
  numbers(keyword: Keyword): readonly number[] {
    const values = this.#values.get(keyword) ?? []
    return values.map((value) => (typeof value === 'number' ? value : Number.NaN))
  }

  number(keyword: Keyword): number | undefined {
    return this.numbers(keyword)[0]
  }

  strings(keyword: Keyword): readonly string[] {
    const values = this.#values.get(keyword) ?? []
    return values.map((value) => (typeof value === 'string' ? value : ''))
  }

  /** Undefined where it is missing or empty. */
  string(keyword: Keyword): string | undefined {
    return this.strings(keyword)[0] || undefined
  }

  items(keyword: Keyword): readonly CleanDataSet[] {
    const values = this.#values.get(keyword) ?? []
    return values.filter((value) => value instanceof CleanDataSet)
  }

  entries(): IterableIterator<readonly [Keyword, CleanValue]> {
    return this.#values.entries()
  }

  keywords(): readonly Keyword[] {
    return [...this.#values.keys()]
  }
}

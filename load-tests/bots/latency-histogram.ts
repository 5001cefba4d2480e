const binMs = 0.25
const binCount = 8_000
const longestMs = binMs * binCount

/** Bins that hold something, as a process tells another. */
export type HistogramBins = readonly (readonly [bin: number, count: number])[]

/** Latencies in bins of a quarter of a millisecond; what takes longer than 2 s counts as 2 s. */
export class LatencyHistogram {
  readonly #bins = new Uint32Array(binCount)
  count = 0

  static of(bins: HistogramBins): LatencyHistogram {
    const histogram = new LatencyHistogram()
    histogram.addBins(bins)
    return histogram
  }

  add(latencyMs: number): void {
    const bin = Math.max(0, Math.min(binCount - 1, Math.floor(latencyMs / binMs)))
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1
    this.count++
  }

  addBins(bins: HistogramBins): void {
    for (const [bin, count] of bins) {
      this.#bins[bin] = (this.#bins[bin] ?? 0) + count
      this.count += count
    }
  }

  /** The upper edge of the bin that `part` of them (0…1) do not exceed; NaN of none. */
  quantileMs(part: number): number {
    if (this.count === 0) return Number.NaN
    let left = Math.max(1, Math.ceil(part * this.count))
    for (const [bin, count] of this.#bins.entries()) {
      left -= count
      if (left <= 0) return (bin + 1) * binMs
    }
    return longestMs
  }

  bins(): HistogramBins {
    const bins: [number, number][] = []
    for (const [bin, count] of this.#bins.entries()) if (count > 0) bins.push([bin, count])
    return bins
  }
}

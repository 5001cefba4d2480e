/** One way to draw: samples `stepVoxels` apart, one pixel of the picture for `pixelScale`² of the screen. */
export interface QualityRung {
  readonly stepVoxels: number
  readonly pixelScale: number
}

/** Best first. What a rung costs is taken as proportional to 1 / (step · scale²). */
export const qualityRungs: readonly QualityRung[] = [
  { stepVoxels: 1, pixelScale: 1 },
  { stepVoxels: 1.5, pixelScale: 1 },
  { stepVoxels: 1.5, pixelScale: 1.5 },
  { stepVoxels: 2, pixelScale: 2 },
  { stepVoxels: 2, pixelScale: 3 },
  { stepVoxels: 3, pixelScale: 4 },
]

const relativeCost = ({ stepVoxels, pixelScale }: QualityRung) => 1 / (stepVoxels * pixelScale ** 2)

/** Climbing needs this much room, for this long, so that quality never pumps. */
const roomToClimb = 0.6
const calmBeforeClimbMs = 1000
const tooSlow = 1.3

/**
 * Chooses the rung for a picture in motion from what earlier pictures cost. It goes down at once
 * and up one rung at a time, late; a climb that had to be taken back doubles the wait for the next.
 */
export class QualityLadder {
  #budgetMs: number
  #fullCostMs: number | undefined
  #rung = 2
  #calmSinceMs: number | undefined
  #climbedAtMs = -Infinity
  #waitMs = calmBeforeClimbMs

  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs
  }

  /** What a picture may take from now on; what is known of its cost stays. */
  setBudget(ms: number): void {
    this.#budgetMs = ms
  }

  get rung(): QualityRung {
    return qualityRungs[this.#rung] as QualityRung
  }

  /** What a picture at a rung will cost; undefined before the first was measured. */
  expectedMs(rung: QualityRung): number | undefined {
    return this.#fullCostMs === undefined ? undefined : this.#fullCostMs * relativeCost(rung)
  }

  /** More texels along a ray cost more samples: keeps the estimate through a change of level. */
  scaleCost(factor: number): void {
    if (this.#fullCostMs !== undefined) this.#fullCostMs *= factor
  }

  /** A picture at `rung` took `ms`. */
  measured(rung: QualityRung, ms: number, nowMs: number): void {
    const full = ms / relativeCost(rung)
    this.#fullCostMs = this.#fullCostMs === undefined ? full : 0.7 * this.#fullCostMs + 0.3 * full
    const expected = this.expectedMs(this.rung) ?? 0
    if (expected > tooSlow * this.#budgetMs) this.#descend(nowMs)
    else this.#considerClimb(nowMs)
  }

  #descend(nowMs: number): void {
    if (nowMs - this.#climbedAtMs < 5 * this.#waitMs) this.#waitMs *= 2
    this.#calmSinceMs = undefined
    const fits = qualityRungs.findIndex((rung) => (this.expectedMs(rung) ?? 0) <= this.#budgetMs)
    this.#rung = fits === -1 ? qualityRungs.length - 1 : Math.max(fits, this.#rung)
  }

  #considerClimb(nowMs: number): void {
    const better = qualityRungs[this.#rung - 1]
    const room = better && (this.expectedMs(better) ?? Infinity) < roomToClimb * this.#budgetMs
    if (!room) {
      this.#calmSinceMs = undefined
      return
    }
    this.#calmSinceMs ??= nowMs
    if (nowMs - this.#calmSinceMs < this.#waitMs) return
    this.#rung--
    this.#climbedAtMs = nowMs
    this.#calmSinceMs = undefined
  }
}

import { poseVersion } from '../../shared/protocol/pose-frame.ts'

/** The newest sample of each sender since the last frame, unparsed. */
export class LatestSamples {
  readonly #samples = new Map<number, Buffer>()

  /** `up` is a frame of a sender's: version, sample. */
  put(sender: number, up: Buffer): void {
    this.#samples.set(sender, up)
  }

  /** The frame that goes down, as `shared/protocol/pose-frame` lays it out; undefined of none. */
  take(): Buffer | undefined {
    if (this.#samples.size === 0) return undefined
    const parts: Buffer[] = [Buffer.of(poseVersion, this.#samples.size)]
    for (const [sender, up] of this.#samples) {
      parts.push(Buffer.of(sender & 255, sender >> 8), up.subarray(1))
    }
    this.#samples.clear()
    return Buffer.concat(parts)
  }
}

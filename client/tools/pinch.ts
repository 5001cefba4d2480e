import type { PointerAt, StageSpace } from '../scene/stage-space.ts'

/** Two fingers on the glass move one's own camera: apart is nearer, together shifts. */
export class Pinch {
  readonly #space: StageSpace
  #last: { middle: PointerAt; spread: number }

  constructor(space: StageSpace, fingers: readonly PointerAt[]) {
    this.#space = space
    this.#last = measure(fingers)
  }

  move(fingers: readonly PointerAt[]): void {
    if (fingers.length < 2) return
    const { middle, spread } = measure(fingers)
    const { camera } = this.#space
    if (spread > 0 && this.#last.spread > 0) camera.dolly(this.#last.spread / spread)
    const { x, y } = this.#last.middle
    camera.pan(middle.x - x, middle.y - y, this.#space.viewport())
    this.#last = { middle, spread }
  }
}

function measure([a, b]: readonly PointerAt[]): { middle: PointerAt; spread: number } {
  const [p, q] = [a ?? { x: 0, y: 0 }, b ?? a ?? { x: 0, y: 0 }]
  return {
    middle: { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 },
    spread: Math.hypot(p.x - q.x, p.y - q.y),
  }
}

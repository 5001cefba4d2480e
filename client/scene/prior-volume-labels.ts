import type { Vec3 } from '../../shared/geometry/transform.ts'
import { Labels } from './labels.ts'
import type { PatientSpace } from './patient-space.ts'

/** Metres above the top of the box, at life size. */
const aboveM = 0.035

/** What stands over the prior in the room: its letters, and lines of words above its box. */
export class PriorVolumeLabels {
  /** For the letters around its own box. */
  readonly letters: Labels
  readonly #labels: Labels

  constructor(labels: Labels) {
    this.#labels = labels
    this.letters = new Labels({
      paint: (id, label) => labels.set(`prior ${id}`, label),
      erase: (id) => labels.remove(`prior ${id}`),
    })
  }

  /** One line over another, the last one nearest to the box. */
  show(lines: readonly string[], space: PatientSpace): void {
    const { scale } = space.pose
    const top = topOf(space)
    const shown = new Set<string>()
    for (const [n, text] of lines.entries()) {
      const id = `prior words ${n}`
      const up = aboveM * scale * (lines.length - n)
      this.#labels.set(id, { text, kind: 'name', world: [top[0], top[1] + up, top[2]] })
      shown.add(id)
    }
    this.#labels.keep('prior words ', shown)
  }

  dispose(): void {
    this.#labels.keep('prior words ', new Set())
    this.letters.dispose()
  }
}

/** Over the middle of the box, as high as its highest corner. */
function topOf(space: PatientSpace): Vec3 {
  const [x, , z] = space.toWorld(space.centreMm)
  return [x, Math.max(...space.corners.map((corner) => space.toWorld(corner)[1])), z]
}

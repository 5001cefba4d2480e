import type { Scene } from '@babylonjs/core/scene.js'
import { length, subtract } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { Label, LabelPainter } from '../../scene/labels.ts'
import { facing } from '../panel/panel-facing.ts'
import { capHeightPart, panelColours } from '../panel/panel-look.ts'
import { type Anchor, Plate } from '../panel/panel-plate.ts'
import { darkPlate, type WordStyle, Words } from '../panel/panel-words.ts'

type Kind = Exclude<Label['kind'], 'scale'>

/** Height of the capitals as the wearer sees them. */
const capDegrees: Record<Kind, number> = { orientation: 1.2, mark: 1, name: 1, initials: 1 }
/** Words are laid beside what they name, never over it. */
const anchors: Record<Kind, Anchor> = {
  orientation: [0, 0],
  mark: [-1.15, 0],
  name: [0, -1],
  initials: [0, -1.8],
}
/** Nearer than this they do not shrink, farther away they do not grow. */
const nearestM = 0.3
const farthestM = 5

/**
 * The stage's words in the room: plates that face the wearer, upright, of one visual angle within
 * limits of distance. The tissue never hides them, but for the orientation letters, which are
 * around it and may be behind it.
 */
export class RoomLabels implements LabelPainter {
  readonly #scene: Scene
  readonly #words: Words
  readonly #painted = new Map<string, { label: Label; kind: Kind; plate: Plate }>()

  constructor(scene: Scene) {
    this.#scene = scene
    this.#words = new Words(scene)
  }

  paint(id: string, label: Label): void {
    const { kind } = label
    // a length on the glass says nothing in a room
    if (kind === 'scale') return
    const plate = this.#painted.get(id)?.plate ?? this.#make(id, kind)
    plate.write(label.text, styleOf(kind, label.colour ?? panelColours.text))
    this.#painted.set(id, { label, kind, plate })
  }

  erase(id: string): void {
    this.#painted.get(id)?.plate.dispose()
    this.#painted.delete(id)
  }

  /** Before each frame, from between the wearer's eyes. */
  frame({ position }: WorldPose): void {
    for (const { label, kind, plate } of this.#painted.values()) {
      const awayM = length(subtract(label.world, position))
      const emM = emOf(capDegrees[kind], Math.min(farthestM, Math.max(nearestM, awayM)))
      plate.place(label.world, facing(label.world, position), emM, label.opacity)
    }
  }

  dispose(): void {
    for (const id of [...this.#painted.keys()]) this.erase(id)
    this.#words.dispose()
  }

  #make(id: string, kind: Kind): Plate {
    const behindTissue = kind === 'orientation'
    return new Plate(this.#scene, this.#words, {
      name: `label ${id}`,
      anchor: anchors[kind],
      behindTissue,
    })
  }
}

/** The em whose capitals are seen so high from there. */
export const emOf = (degrees: number, distanceM: number): number =>
  (2 * distanceM * Math.tan((degrees * Math.PI) / 360)) / capHeightPart

function styleOf(kind: Kind, colour: string): WordStyle {
  const plain = { ground: darkPlate, text: panelColours.text, mostLines: 1, mostEms: 18 } as const
  if (kind === 'initials') {
    return { ...plain, weight: 700, ground: colour, text: panelColours.ground }
  }
  if (kind === 'orientation') return { ...plain, weight: 600 }
  return { ...plain, weight: 600, stripe: colour, mostLines: kind === 'mark' ? 3 : 1 }
}

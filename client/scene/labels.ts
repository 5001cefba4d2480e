import type { Vec3 } from '../../shared/geometry/transform.ts'

export interface Label {
  readonly text: string
  /** CSS colour of what it belongs to. */
  readonly colour?: string
  readonly kind: 'orientation' | 'initials' | 'name' | 'mark' | 'scale'
  readonly world: Vec3
  /** Below 1 for what lies on the far side. */
  readonly opacity?: number
  /**
   * Where its place is out of sight it stands at the pane's edge in this direction, right and down
   * positive; without one it is not there.
   */
  readonly towards?: readonly [x: number, y: number]
}

/** Puts words where they can be read: over the flat pane, or into the room of a headset. */
export interface LabelPainter {
  paint(id: string, label: Label): void
  erase(id: string): void
}

/** The words that keep to a point of the room, whoever paints them just now. */
export class Labels {
  readonly #labels = new Map<string, Label>()
  #painter: LabelPainter

  constructor(painter: LabelPainter) {
    this.#painter = painter
  }

  /** All of them are erased there and painted here. */
  paintWith(painter: LabelPainter): void {
    for (const id of this.#labels.keys()) this.#painter.erase(id)
    this.#painter = painter
    for (const [id, label] of this.#labels) painter.paint(id, label)
  }

  set(id: string, label: Label): void {
    this.#labels.set(id, label)
    this.#painter.paint(id, label)
  }

  remove(id: string): void {
    if (this.#labels.delete(id)) this.#painter.erase(id)
  }

  /** Removes those whose id starts so and is not among the ones to keep. */
  keep(prefix: string, ids: ReadonlySet<string>): void {
    for (const id of this.#labels.keys()) {
      if (id.startsWith(prefix) && !ids.has(id)) this.remove(id)
    }
  }

  dispose(): void {
    for (const id of [...this.#labels.keys()]) this.remove(id)
  }
}

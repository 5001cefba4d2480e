import type { Label, LabelPainter } from './labels.ts'
import type { OwnCamera, Viewport } from './own-camera.ts'

const insetPx = 14
/** A direction that runs along the view has no side of the pane. */
const leastSideways = 0.25

/** A label where it can be read, CSS pixels of the pane. */
export interface PlacedLabel {
  readonly label: Label
  readonly x: number
  readonly y: number
}

/** Labels as elements over the canvas; each is made once and moved. */
export class FlatLabels implements LabelPainter {
  readonly #overlay: HTMLElement
  #placed: readonly PlacedLabel[] = []
  readonly #painted = new Map<string, { label: Label; element: HTMLElement }>()

  constructor(overlay: HTMLElement) {
    this.#overlay = overlay
  }

  paint(id: string, label: Label): void {
    const before = this.#painted.get(id)
    const element = before?.element ?? this.#make(label.kind)
    if (before?.label.text !== label.text) element.textContent = label.text
    if (label.colour && before?.label.colour !== label.colour)
      element.style.setProperty('--label-colour', label.colour)
    this.#painted.set(id, { label, element })
  }

  erase(id: string): void {
    this.#painted.get(id)?.element.remove()
    this.#painted.delete(id)
  }

  /** Where they were placed last; those that are out of sight are not among them. */
  get placed(): readonly PlacedLabel[] {
    return this.#placed
  }

  place(camera: OwnCamera, viewport: Viewport): void {
    const placed: PlacedLabel[] = []
    for (const { label, element } of this.#painted.values()) {
      const at = inside(camera.project(label.world, viewport), viewport) ?? atEdge(label, viewport)
      element.hidden = !at
      if (!at) continue
      element.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`
      element.style.opacity = String(label.opacity ?? 1)
      placed.push({ label, ...at })
    }
    this.#placed = placed
  }

  #make(kind: Label['kind']): HTMLElement {
    const element = document.createElement('span')
    element.className = `stage-label stage-label-${kind}`
    element.setAttribute('aria-hidden', 'true')
    this.#overlay.append(element)
    return element
  }
}

type Place = { readonly x: number; readonly y: number }

function inside(place: Place | undefined, { width, height }: Viewport): Place | undefined {
  if (!place) return undefined
  const { x, y } = place
  const within = x > insetPx && y > insetPx && x < width - insetPx && y < height - insetPx
  return within ? place : undefined
}

function atEdge({ towards }: Label, { width, height }: Viewport): Place | undefined {
  if (!towards || Math.hypot(...towards) < leastSideways) return undefined
  const [halfWidth, halfHeight] = [width / 2 - insetPx, height / 2 - insetPx]
  const [dx, dy] = towards
  const reach = Math.min(halfWidth / Math.abs(dx), halfHeight / Math.abs(dy))
  return { x: width / 2 + dx * reach, y: height / 2 + dy * reach }
}

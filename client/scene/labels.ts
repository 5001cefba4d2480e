import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { OwnCamera, Viewport } from './own-camera.ts'

export interface Label {
  readonly text: string
  /** CSS colour of what it belongs to. */
  readonly colour?: string
  readonly kind: 'orientation' | 'initials' | 'mark' | 'scale'
  readonly world: Vec3
  /** Below 1 for what lies on the far side. */
  readonly opacity?: number
  /**
   * Where its place is out of sight it stands at the pane's edge in this direction, right and down
   * positive; without one it is not there.
   */
  readonly towards?: readonly [x: number, y: number]
}

const insetPx = 14
/** A direction that runs along the view has no side of the pane. */
const leastSideways = 0.25

/** Words over the picture that keep to a point of the room; elements are made once and moved. */
export class Labels {
  readonly #overlay: HTMLElement
  readonly #labels = new Map<string, { label: Label; element: HTMLElement }>()

  constructor(overlay: HTMLElement) {
    this.#overlay = overlay
  }

  set(id: string, label: Label): void {
    const before = this.#labels.get(id)
    const element = before?.element ?? this.#make(label.kind)
    if (before?.label.text !== label.text) element.textContent = label.text
    if (label.colour && before?.label.colour !== label.colour)
      element.style.setProperty('--label-colour', label.colour)
    this.#labels.set(id, { label, element })
  }

  remove(id: string): void {
    this.#labels.get(id)?.element.remove()
    this.#labels.delete(id)
  }

  /** Removes those whose id starts so and is not among the ones to keep. */
  keep(prefix: string, ids: ReadonlySet<string>): void {
    for (const id of this.#labels.keys()) {
      if (id.startsWith(prefix) && !ids.has(id)) this.remove(id)
    }
  }

  place(camera: OwnCamera, viewport: Viewport): void {
    for (const { label, element } of this.#labels.values()) {
      const at = inside(camera.project(label.world, viewport), viewport) ?? atEdge(label, viewport)
      element.hidden = !at
      if (!at) continue
      element.style.transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`
      element.style.opacity = String(label.opacity ?? 1)
    }
  }

  dispose(): void {
    for (const id of [...this.#labels.keys()]) this.remove(id)
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

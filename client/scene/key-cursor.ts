import type { PointerAt } from './stage-space.ts'

/** The place that arrow keys move and Enter presses, where there is no pointer of the system's. */
export class KeyCursor {
  readonly #cross = document.createElement('div')

  constructor(overlay: HTMLElement) {
    this.#cross.className = 'stage-cursor'
    this.#cross.hidden = true
    this.#cross.setAttribute('aria-hidden', 'true')
    overlay.append(this.#cross)
  }

  show(at: PointerAt | undefined): void {
    this.#cross.hidden = !at
    if (at) this.#cross.style.transform = `translate(${at.x}px, ${at.y}px)`
  }

  dispose(): void {
    this.#cross.remove()
  }
}

import type { Viewport } from './own-camera.ts'

const steps = [1, 2, 5]
const widestPx = 140

/** The longest of 1, 2, 5, 10 … mm that stays short enough, and its length in CSS pixels. */
export function scaleBarFor(mmPerPixel: number): { mm: number; px: number } {
  const widestMm = mmPerPixel * widestPx
  const decade = 10 ** Math.floor(Math.log10(widestMm))
  const step = steps.filter((s) => s * decade <= widestMm).at(-1) ?? 1
  return { mm: step * decade, px: (step * decade) / mmPerPixel }
}

/** A length in the patient at the depth of the volume's middle: perspective has no other scale. */
export class ScaleBar {
  readonly #bar = document.createElement('div')
  readonly #text = document.createElement('span')

  constructor(overlay: HTMLElement) {
    this.#bar.className = 'stage-scale-bar'
    this.#text.className = 'stage-scale-bar-text'
    this.#bar.append(this.#text)
    overlay.append(this.#bar)
  }

  show(eyeToMiddleM: number, verticalFov: number, volumeScale: number, { height }: Viewport): void {
    const metres = (2 * eyeToMiddleM * Math.tan(verticalFov / 2)) / height
    const { mm, px } = scaleBarFor((metres * 1000) / volumeScale)
    this.#bar.style.width = `${px.toFixed(0)}px`
    this.#text.textContent = `${mm >= 1 ? mm : mm.toPrecision(1)} mm`
  }

  dispose(): void {
    this.#bar.remove()
  }
}

import type { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.js'
import type { Scene } from '@babylonjs/core/scene.js'
import {
  capHeightPart,
  fitted,
  fontOf,
  onFontReady,
  panelColours,
  type Weight,
  wrapped,
} from './panel-look.ts'
import { type Canvas2d, picture, roundedBox } from './panel-picture.ts'

/** Words on a plate of their own; all sizes in ems of the letters. */
export interface WordStyle {
  readonly weight: Weight
  readonly text: string
  readonly ground: string
  /** A stripe at the left. */
  readonly stripe?: string
  readonly mostLines: number
  /** A line is no wider. */
  readonly mostEms: number
}

export interface WordPicture {
  readonly texture: DynamicTexture
  /** Of the plate. */
  readonly widthEms: number
  readonly heightEms: number
}

const emPx = 44
const lineEms = 1.3
const edgeEms = { x: 0.5, y: 0.32 }
const stripeEms = 0.35
const mostIdle = 24

interface Kept {
  readonly word: WordPicture
  readonly name: string
  users: number
}

/** Pictures of words, made once for each text and style; a few that nobody shows stay for the next. */
export class Words {
  readonly #scene: Scene
  readonly #kept = new Map<string, Kept>()
  readonly #redraws = new Map<string, () => void>()
  #fontAsked = false

  constructor(scene: Scene) {
    this.#scene = scene
  }

  /** To be given back by `leave`. */
  take(text: string, style: WordStyle): WordPicture {
    const name = JSON.stringify([text, style])
    const kept = this.#kept.get(name) ?? { word: this.#make(name, text, style), name, users: 0 }
    kept.users++
    // the last taken is the last to go
    this.#kept.delete(name)
    this.#kept.set(name, kept)
    return kept.word
  }

  leave(word: WordPicture): void {
    const kept = [...this.#kept.values()].find((each) => each.word === word)
    if (kept) kept.users--
    const idle = [...this.#kept.values()].filter(({ users }) => users === 0)
    for (const { name } of idle.slice(0, Math.max(0, idle.length - mostIdle))) this.#drop(name)
  }

  dispose(): void {
    for (const name of [...this.#kept.keys()]) this.#drop(name)
  }

  #drop(name: string): void {
    this.#kept.get(name)?.word.texture.dispose()
    this.#kept.delete(name)
    this.#redraws.delete(name)
  }

  #make(name: string, text: string, style: WordStyle): WordPicture {
    const lines = linesOf(text, style)
    const left = edgeEms.x + (style.stripe ? stripeEms : 0)
    const widthEms = left + Math.max(0.6, ...lines.map(({ ems }) => ems)) + edgeEms.x
    const heightEms = 2 * edgeEms.y + lineEms * lines.length
    const size = { width: Math.ceil(widthEms * emPx), height: Math.ceil(heightEms * emPx) }
    const { texture, redraw } = picture(`words ${text}`, this.#scene, size, (context) =>
      drawWords(context, size, lines.map(({ line }) => line), style),
    ) // biome-ignore format: one call
    this.#redraws.set(name, redraw)
    this.#watchFont()
    return { texture, widthEms, heightEms }
  }

  #watchFont(): void {
    if (this.#fontAsked) return
    this.#fontAsked = true
    onFontReady(() => {
      for (const redraw of this.#redraws.values()) redraw()
    })
  }
}

function linesOf(text: string, { weight, mostEms, mostLines }: WordStyle) {
  const context = new OffscreenCanvas(1, 1).getContext('2d')
  if (!context) throw new Error('this browser draws no text')
  context.font = fontOf(weight, emPx)
  const widthPx = mostEms * emPx
  const lines =
    mostLines > 1 ? wrapped(context, text, widthPx, mostLines) : [fitted(context, text, widthPx)]
  return lines.map((line) => ({ line, ems: context.measureText(line).width / emPx }))
}

function drawWords(
  context: Canvas2d,
  { width, height }: { width: number; height: number },
  lines: readonly string[],
  style: WordStyle,
): void {
  roundedBox(context, { x: 0, y: 0, width, height }, 0.35 * emPx)
  context.fillStyle = style.ground
  context.fill()
  const inset = 0.3 * emPx
  if (style.stripe) {
    const box = { x: inset, y: inset, width: 0.2 * emPx, height: height - 2 * inset }
    roundedBox(context, box, 0.1 * emPx)
    context.fillStyle = style.stripe
    context.fill()
  }
  context.font = fontOf(style.weight, emPx)
  context.fillStyle = style.text
  const left = style.stripe ? (edgeEms.x + stripeEms) * emPx : 0
  for (const [n, line] of lines.entries()) {
    const middle = (edgeEms.y + lineEms * (n + 0.5)) * emPx
    const free = style.stripe ? 0 : (width - context.measureText(line).width) / 2
    context.fillText(line, left + free, middle + (capHeightPart * emPx) / 2)
  }
}

/** A dark plate through which the room is still seen. */
export const darkPlate = `${panelColours.ground}d9`

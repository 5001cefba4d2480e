import type { WriteStream } from 'node:tty'

const barWidth = 24

/** A bar that is drawn over itself on a terminal; elsewhere one line for each new thing to say. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream | WriteStream
  #shown = ''

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
  }

  /** `fraction` of the whole, 0…1. */
  show(words: string, fraction: number): void {
    const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barWidth)
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
    const percent = `${Math.floor(fraction * 100)}`.padStart(3)
    const line = this.#out.isTTY ? `\r\x1b[K${bar} ${percent} % ${words}` : `${words}\n`
    if (line === this.#shown) return
    this.#shown = line
    this.#out.write(line)
  }

  clear(): void {
    if (this.#out.isTTY && this.#shown) this.#out.write('\r\x1b[K')
    this.#shown = ''
  }
}

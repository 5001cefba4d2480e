import type { Box } from './box.ts'

/** Grey, 8 bit, x fastest; dark ink on light ground. */
export interface InkImage {
  readonly columns: number
  readonly rows: number
  readonly values: Uint8Array
}

/** What the image holds: one line of text, or text anywhere. */
export type TextLayout = 'line' | 'scattered'

/** The text may name a patient: it goes no further than the folder `burned-in`. */
export interface ReadWord {
  readonly text: string
  /** 0 to 100. */
  readonly confidence: number
  /** In pixels of the image. */
  readonly box: Box
}

/**
 * Reads text in pictures. `read` opens the reader where it is not open, and rejects with
 * `TextReaderError`; after `close` it may be opened again.
 */
export interface TextReader {
  open(): Promise<void>
  read(image: InkImage, layout?: TextLayout): Promise<{ readonly words: readonly ReadWord[] }>
  close(): Promise<void>
}

/** Its message tells nothing of the picture. */
export class TextReaderError extends Error {
  override readonly name = 'TextReaderError'
  readonly reason: 'not-started' | 'failed' | 'took-too-long' | 'closed'

  constructor(reason: TextReaderError['reason'], options?: { readonly cause: unknown }) {
    super(`The reader of text in pictures: ${reason}.`, options)
    this.reason = reason
  }
}

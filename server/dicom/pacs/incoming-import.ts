import type { Readable } from 'node:stream'

/** An import while its files come in; it ends by `accept` or `refuse`, once. */
export interface IncomingImport {
  readonly importId: string
  title: string
  /** Resolves when the file is stored. */
  addFile(content: Readable): Promise<void>
  /** Of all that is to come, 0…1. */
  progress(fraction: number): void
  /** Throws where nothing has come. */
  accept(): void
  /** Nothing of it is kept; it ends with the error's words. */
  refuse(error: unknown): Promise<void>
}

/** Where what hospitals send goes. */
export interface Intake {
  receive(): Promise<IncomingImport>
  /** What an import is refused with when its files did not all come; the words are for people. */
  interrupted(message: string, cause: unknown): Error
}

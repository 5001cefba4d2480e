export type ReadFailureCode =
  | 'not-allowed'
  | 'not-found'
  | 'network'
  | 'damaged'
  /** The GPU takes no more. */
  | 'graphics'

/** A volume could not be read or drawn; `message` is in words for the person who waits for it. */
export class ReadFailure extends Error {
  readonly code: ReadFailureCode
  constructor(code: ReadFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

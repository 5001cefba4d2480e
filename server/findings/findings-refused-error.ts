export type FindingsRefusal =
  | 'no-such-conference'
  | 'not-allowed'
  | 'minutes-changed'
  | 'no-such-key-image'
  | 'no-such-mark'
  | 'mark-of-prior'
  | 'too-many-key-images'
  | 'bad-picture'
  | 'nothing-to-send'
  | 'already-sending'
  | 'not-sent'

/** Something about findings cannot be done, and the message says why to their face. */
export class FindingsRefusedError extends Error {
  override readonly name = 'FindingsRefusedError'
  readonly code: FindingsRefusal

  constructor(code: FindingsRefusal, message: string) {
    super(message)
    this.code = code
  }
}

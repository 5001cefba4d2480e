export type ConferenceRefusal =
  | 'no-such-case'
  | 'not-a-prior'
  | 'patient-unconfirmed'
  | 'no-such-conference'
  | 'no-such-invitation'
  | 'no-such-code'
  | 'code-expired'
  | 'invitation-expired'
  | 'conference-closed'
  | 'not-yours'
  | 'not-reached'
  | 'conference-full'
  | 'face-visible'

/** Somebody cannot open or join a conference, and the message says why to their face. */
export class ConferenceRefusedError extends Error {
  override readonly name = 'ConferenceRefusedError'
  readonly code: ConferenceRefusal

  constructor(code: ConferenceRefusal, message: string) {
    super(message)
    this.code = code
  }
}

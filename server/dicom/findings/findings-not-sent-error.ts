export const notSentWords = {
  'no-pacs': 'No PACS is set up here: whoever runs Caseroom can name one.',
  'no-origin':
    'Nothing links this case to its study any more: the patient was erased, or it was imported ' +
    'before findings could be sent.',
  'no-origin-of-volume': 'One of the marks lies in a series whose original is not known.',
  'nothing-to-send': 'There is nothing to send: choose a mark or a key image, or write minutes.',
  'not-written': 'The objects for the PACS could not be written.',
} as const

export type NotSentCode = keyof typeof notSentWords

/** Why findings did not go out; the message is for the person who signed them. */
export class FindingsNotSentError extends Error {
  override readonly name = 'FindingsNotSentError'
  readonly code: NotSentCode

  constructor(code: NotSentCode) {
    super(notSentWords[code])
    this.code = code
  }
}

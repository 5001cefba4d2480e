/** Why the PACS did not do what it was asked, in words for whoever asked. */
export const pacsRefusals = {
  'pacs-unreachable':
    'The PACS does not answer. Whoever runs it may know why; otherwise try again in a few minutes.',
  'pacs-untrusted':
    'The PACS shows a certificate that Caseroom does not trust. Whoever runs Caseroom has to set it right.',
  'pacs-interrupted': 'The connection to the PACS broke before everything had arrived.',
  'pacs-timeout': 'The PACS took too long to answer. Narrow the search, or try again later.',
  'pacs-credentials':
    'The PACS does not accept Caseroom’s login. Whoever runs Caseroom has to set it right.',
  'pacs-refused': 'The PACS refused what it was asked for.',
  'pacs-not-found':
    'The PACS does not have what it was asked for; it may have been moved or deleted.',
  'pacs-answer': 'The PACS answered in a way that Caseroom does not understand.',
  'pacs-too-large':
    'The PACS sent more than Caseroom accepts in one answer. Narrow the search, or fetch less.',
} as const satisfies Record<string, string>

export type PacsRefusal = keyof typeof pacsRefusals

/** The message names no patient, no study and no address: those stay between us and the PACS. */
export class PacsError extends Error {
  override readonly name = 'PacsError'
  readonly code: PacsRefusal

  constructor(code: PacsRefusal, options?: { message?: string; cause?: unknown }) {
    const { message = pacsRefusals[code], ...rest } = options ?? {}
    super(message, rest)
    this.code = code
  }
}

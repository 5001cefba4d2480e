/**
 * A refusal that HTTP callers see as `{ error: { code, message, details? } }` with `status`.
 * The message is for people and names only ids that we issued, never a file name or a DICOM value.
 */
export class HttpError extends Error {
  readonly status: number
  /** Stable, kebab-case; what programs compare. */
  readonly code: string
  readonly details: unknown

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message)
    this.name = 'HttpError'
    this.status = status
    this.code = code
    this.details = details
  }
}

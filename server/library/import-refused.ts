import type { ImportProblem } from '../../shared/case/import.ts'

/** What was sent cannot be imported as it is; `problem` is in words for who sent it. */
export class ImportRefusedError extends Error {
  readonly problem: ImportProblem

  constructor(code: ImportRefusal, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ImportRefusedError'
    this.problem = { code, message }
  }
}

export type ImportRefusal =
  | 'empty'
  | 'too-many-files'
  | 'file-too-large'
  | 'upload-too-large'
  | 'disk-full'
  | 'upload-interrupted'
  | 'bad-upload'
  | 'zip-unsafe-path'
  | 'zip-bomb'
  | 'zip-encrypted'
  | 'zip-damaged'
  | 'zip-unsupported'

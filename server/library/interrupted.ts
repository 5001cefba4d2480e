import type { ImportProblem } from '../../shared/case/import.ts'

/** Of an import whose process stopped, or was stopped, before it had ended. */
export const interrupted: ImportProblem = {
  code: 'interrupted',
  message: 'Caseroom was stopped while this import was under way. Import the files again.',
}

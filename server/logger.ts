import { type Logger, pino } from 'pino'

export type { Logger }

/**
 * The fields a line may have; all others are dropped, so that no name, file name, DICOM value or
 * URL gets into the log by accident. Values are numbers, truth, and short strings.
 */
const allowedFields = [
  'requestId',
  'method',
  'route',
  'status',
  'durationMs',
  'importId',
  'importState',
  'caseId',
  'conferenceId',
  'volumeId',
  'address',
  'database',
  'signal',
  'reason',
  'what',
  'error',
] as const

export type LogFields = Partial<Record<(typeof allowedFields)[number], unknown>>

const longestValue = 200

/** Lines of JSON on standard error. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: allowed },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

function allowed(fields: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name of allowedFields) {
    const value = fields[name]
    if (name === 'error' && value !== undefined) kept.error = describeError(value)
    else if (typeof value === 'string') kept[name] = value.slice(0, longestValue)
    else if (typeof value === 'number' || typeof value === 'boolean') kept[name] = value
  }
  return kept
}

/** What an error is and where it came from. Not its message, which may quote what was read. */
function describeError(error: unknown): Record<string, unknown> {
  if (typeof error === 'string') return { at: framesOf(error) }
  if (!(error instanceof Error)) return { name: typeof error }
  const { code } = error as { code?: unknown }
  return {
    name: error.name,
    ...(typeof code === 'string' && { code: code.slice(0, longestValue) }),
    at: framesOf(error.stack ?? ''),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}

function framesOf(stack: string): string[] {
  const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line))
  return frames.slice(0, 8).map((line) => line.trim())
}

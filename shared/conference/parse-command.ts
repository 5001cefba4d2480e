import { type Command, command, commandTypes } from './command.ts'
import { type Rejection, reject } from './rejection.ts'

/** Whatever arrived, as a command within its bounds, or why it is none, in words. */
export function parseCommand(asked: unknown): { command: Command } | { rejected: Rejection } {
  const parsed = command.safeParse(asked)
  if (parsed.success) return { command: parsed.data }
  const type = (asked as { type?: unknown } | null | undefined)?.type
  if (typeof type === 'string' && !(commandTypes as readonly string[]).includes(type)) {
    return reject('unknown-command', 'There is no such command.')
  }
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.')
  return reject('malformed-command', `${where ? `${where}: ` : ''}${issue?.message ?? 'malformed'}`)
}

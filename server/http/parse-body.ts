import type { Request } from 'express'
import type { z } from 'zod'
import { HttpError } from './http-error.ts'

/** The JSON body as the schema has it. Throws 400, naming the fields that are wrong, not their values. */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  const parsed = schema.safeParse(request.body)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    message,
  }))
  const fields = [...new Set(issues.map(({ field }) => field).filter(Boolean))]
  const message = fields.length
    ? `The request has something wrong in: ${fields.join(', ')}.`
    : 'The request needs a JSON body.'
  throw new HttpError(400, 'bad-request', message, { issues })
}

import { z } from 'zod'
import {
  type MediaAnswer,
  type MediaAnswers,
  type MediaMethod,
  type MediaRequest,
  mediaRequests,
} from '../../shared/protocol/media.ts'
import { MediaRefusedError } from './refused-error.ts'

/** What each request of the table comes to. A handler refuses by a MediaRefusedError. */
export type MediaHandlers = {
  readonly [M in MediaMethod]: (request: MediaRequest<M>) => Promise<MediaAnswers[M]>
}

const envelope = z.looseObject({ method: z.string().max(64) })

/** Parses and hands on. Rejects with what a handler throws that is no refusal. */
export async function answerRequest(asked: unknown, handlers: MediaHandlers): Promise<MediaAnswer> {
  try {
    return { ok: true, ...(await hand(asked, handlers)) } as MediaAnswer
  } catch (error) {
    if (error instanceof MediaRefusedError) return refusal(error)
    throw error
  }
}

export const refusal = ({ reason, message }: MediaRefusedError): MediaAnswer => ({
  ok: false,
  reason,
  message,
})

function hand(asked: unknown, handlers: MediaHandlers): Promise<object> {
  const { method, ...fields } = parsed(envelope, asked)
  if (!isMethod(method)) throw new MediaRefusedError('unknown-method')
  const handler = handlers[method] as (request: unknown) => Promise<object>
  return handler(parsed(mediaRequests[method], fields))
}

const isMethod = (method: string): method is MediaMethod => Object.hasOwn(mediaRequests, method)

/** Throws the refusal `malformed-request`, also where a value is of no kind that JSON knows. */
export function parsed<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  try {
    return schema.parse(value)
  } catch {
    throw new MediaRefusedError('malformed-request')
  }
}

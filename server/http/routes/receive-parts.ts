import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { Busboy, type BusboyHeaders, type BusboyInstance } from '@fastify/busboy'
import { ImportRefusedError } from '../../library/import-refused.ts'

export interface PartReceiver {
  /** Resolves when the file is stored. */
  file(content: Readable): Promise<void>
  field(name: string, value: string): void
  /** Of the whole body, 0…1. */
  progress(fraction: number): void
}

/** Files parsed but not yet stored; beyond it the sender waits. */
const mostFilesInFlight = 32

/**
 * Streams the parts of a multipart body as they come; the file names in it are not looked at.
 * Resolves when every part is stored. Throws ImportRefusedError on a body that breaks off or is
 * none, and whatever the receiver throws; what is left of the body is then unread.
 */
export async function receiveParts(request: IncomingMessage, receiver: PartReceiver) {
  const parser = parserOf(request)
  const inFlight = new Set<Promise<void>>()
  const open = new Set<Readable>()
  let failure: unknown
  parser.on('file', (_, content) => {
    open.add(content)
    const stored = receiver
      .file(content)
      .catch((error: unknown) => {
        failure ??= isBrokenPart(error) ? brokenOff(error) : error
      })
      .finally(() => {
        open.delete(content)
        inFlight.delete(stored)
      })
    inFlight.add(stored)
  })
  parser.on('field', (name, value) => receiver.field(name, value))
  const finished = once(parser, 'finish').catch((error: unknown) => {
    failure ??= brokenOff(error)
  })
  try {
    const expected = Number(request.headers['content-length'] ?? 0)
    let received = 0
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      received += chunk.length
      if (expected > 0) receiver.progress(received / expected)
      if (!parser.write(chunk)) await Promise.race([once(parser, 'drain'), finished])
      while (inFlight.size > mostFilesInFlight) await Promise.race(inFlight)
      if (failure) throw failure
    }
    parser.end()
    await finished
    await Promise.all(inFlight)
    if (failure) throw failure
  } catch (error) {
    const refusal = failure ?? interrupted(error)
    for (const content of open) content.destroy(new Error('the upload has ended', { cause: error }))
    await Promise.all(inFlight)
    parser.destroy()
    throw refusal
  }
}

function parserOf(request: IncomingMessage): BusboyInstance {
  try {
    return new Busboy({ headers: request.headers as BusboyHeaders })
  } catch (error) {
    throw new ImportRefusedError('bad-upload', 'Files are sent as multipart/form-data.', {
      cause: error,
    })
  }
}

function brokenOff(cause: unknown): ImportRefusedError {
  return new ImportRefusedError('bad-upload', 'The upload ended in the middle of a file.', {
    cause,
  })
}

function interrupted(cause: unknown): ImportRefusedError {
  const words = 'The connection broke before all files had arrived. Import them again.'
  return new ImportRefusedError('upload-interrupted', words, { cause })
}

/** The parser's own words for a part without its end; it has no code for it. */
const isBrokenPart = (error: unknown) =>
  error instanceof Error && /terminated early/i.test(error.message)

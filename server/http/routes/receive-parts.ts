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
  const failing = new AbortController()
  const { signal } = failing
  const fail = (error: unknown) => {
    failing.abort(error)
    for (const content of open) content.destroy(new Error('the upload has ended'))
  }
  parser.on('file', (_, content) => {
    if (signal.aborted) {
      content.resume()
      return
    }
    content.on('error', () => undefined) // the receiver hears it, while it still listens
    open.add(content)
    const stored = receiver
      .file(content)
      .catch((error: unknown) => fail(isBrokenPart(error) ? brokenOff(error) : error))
      .finally(() => {
        open.delete(content)
        inFlight.delete(stored)
      })
    inFlight.add(stored)
  })
  parser.on('field', (name, value) => receiver.field(name, value))
  parser.on('error', (error) => fail(brokenOff(error)))
  try {
    const expected = Number(request.headers['content-length'] ?? 0)
    let received = 0
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      signal.throwIfAborted()
      received += chunk.length
      if (expected > 0) receiver.progress(received / expected)
      if (!parser.write(chunk)) await once(parser, 'drain', { signal })
      while (inFlight.size > mostFilesInFlight) await Promise.race(inFlight)
    }
    const finished = once(parser, 'finish', { signal })
    parser.end()
    await finished
  } catch (error) {
    fail(interrupted(error))
  }
  await Promise.all(inFlight)
  parser.destroy()
  signal.throwIfAborted()
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

import { PacsError } from '../../../shared/pacs/pacs-error.ts'

/** One part of a multipart body (RFC 2046 5.1): its content ends before the next part begins. */
export interface Part {
  /** Without parameters, in lower case; '' where the part does not say. */
  readonly contentType: string
  readonly content: AsyncGenerator<Uint8Array, void, undefined>
}

const mostHeaderBytes = 16 * 1024
const mostPreambleBytes = 64 * 1024
const longestBoundary = 70

/** The boundary of a `multipart/related` body; undefined where it is none. */
export function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/related\s*;/i.test(contentType)) return undefined
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? []
  const boundary = quoted ?? bare
  return boundary && boundary.length <= longestBoundary ? boundary : undefined
}

/**
 * The parts as they come; no more than a piece of the body is held at any time. Throws a PacsError
 * where the body ends before its closing delimiter, so what was read whole is whole.
 */
export async function* readMultipart(
  body: AsyncIterable<Uint8Array>,
  boundary: string,
): AsyncGenerator<Part, void, undefined> {
  const pieces = new Pieces(body)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  try {
    await pieces.take(delimiter, mostPreambleBytes)
    // After a delimiter two hyphens close the body; else a part's headers begin.
    while ((await pieces.peek(2)).toString('latin1') !== '--') {
      const headers = (await pieces.take(Buffer.from('\r\n\r\n'), mostHeaderBytes)).toString()
      const content = pieces.until(delimiter)
      yield { contentType: contentTypeOf(headers), content }
      for await (const _ of content); // what the caller left of it
    }
  } finally {
    await pieces.end()
  }
}

function contentTypeOf(headers: string): string {
  return (/^content-type:\s*([^;\s]+)/im.exec(headers)?.[1] ?? '').toLowerCase()
}

/** What has come and has not been taken. It begins with the line break that a first delimiter lacks. */
class Pieces {
  readonly #source: AsyncIterator<Uint8Array>
  #held: Buffer = Buffer.from('\r\n')

  constructor(body: AsyncIterable<Uint8Array>) {
    this.#source = body[Symbol.asyncIterator]()
  }

  async end(): Promise<void> {
    await this.#source.return?.()
  }

  /** What stands before the mark; the mark is dropped. */
  async take(mark: Buffer, mostBytes: number): Promise<Buffer> {
    for (;;) {
      const at = this.#held.indexOf(mark)
      if (at >= 0) {
        const taken = this.#held.subarray(0, at)
        this.#held = this.#held.subarray(at + mark.length)
        return taken
      }
      if (this.#held.length > mostBytes) throw new PacsError('pacs-answer')
      await this.#more()
    }
  }

  async peek(bytes: number): Promise<Buffer> {
    while (this.#held.length < bytes) await this.#more()
    return this.#held.subarray(0, bytes)
  }

  /** The same as `take`, in pieces, however long. */
  async *until(mark: Buffer): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const at = this.#held.indexOf(mark)
      if (at >= 0) {
        const last = this.#held.subarray(0, at)
        this.#held = this.#held.subarray(at + mark.length)
        if (last.length > 0) yield last
        return
      }
      const sure = this.#held.length - mark.length + 1
      if (sure > 0) {
        const piece = this.#held.subarray(0, sure)
        this.#held = this.#held.subarray(sure)
        yield piece
      }
      await this.#more()
    }
  }

  async #more(): Promise<void> {
    const { value, done } = await this.#source.next()
    if (done) throw new PacsError('pacs-interrupted')
    this.#held = this.#held.length > 0 ? Buffer.concat([this.#held, value]) : Buffer.from(value)
  }
}

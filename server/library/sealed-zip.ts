import { Readable } from 'node:stream'
import yauzl from 'yauzl'
import type { SealedReader } from '../dicom/index.ts'

const pieceBytes = 256 * 1024

/** A zip that lies in the spool, for yauzl. */
export class SealedZip extends yauzl.RandomAccessReader {
  readonly #file: SealedReader

  constructor(file: SealedReader) {
    super()
    this.#file = file
  }

  static async open(file: SealedReader): Promise<yauzl.ZipFile> {
    const options = { autoClose: false, decodeStrings: false }
    return await yauzl.fromRandomAccessReaderPromise(new SealedZip(file), file.bytes, options)
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(pieces(this.#file, start, end), { objectMode: false })
  }

  /** Whoever opened the file closes it. */
  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}

async function* pieces(file: SealedReader, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position < end; position += pieceBytes) {
    yield await file.read(position, Math.min(pieceBytes, end - position))
  }
}

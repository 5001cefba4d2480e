import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { headerWindowsBytes, maxHeaderBytes, maxInflatedBytes } from '../bounds.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import { type Elements, type FileMeta, parseElements, parseFileMeta } from './parse-header.ts'
import type { TransferSyntax } from './transfer-syntax.ts'

/** Everything of one file but its pixels. Identifying: it stays inside this folder. */
export interface Header {
  readonly bytes: Uint8Array
  readonly fileMeta: FileMeta
  readonly elements: Elements
  readonly transferSyntax: TransferSyntax
  readonly pixelData: PixelDataElement | undefined
}

/** Offsets count from the start of the file or, where it is deflated, of the inflated data set. */
export interface PixelDataElement {
  readonly offset: number
  /** Undefined: encapsulated in fragments (PS3.5 A.4). */
  readonly length: number | undefined
  /** Bytes that the file, or the inflated data set, really has. */
  readonly availableBytes: number
  readonly deflatedFrom: number | undefined
}

/**
 * Reads as little of the file as holds the description: 64 KiB, then 1 MiB, then 8 MiB. Throws a
 * DicomError for what is no DICOM, ends too early, or describes itself at more than 8 MiB.
 */
export async function readHeader(file: SealedReader): Promise<Header> {
  const fileBytes = file.bytes
  if (fileBytes === 0) throw new DicomError('not-dicom', 'The file is empty.')
  for (const windowBytes of headerWindowsBytes) {
    const bytes = await readStart(file, Math.min(windowBytes, fileBytes))
    const fileMeta = parseFileMeta(bytes, fileBytes)
    const isWhole = bytes.length >= fileBytes
    if (fileMeta.transferSyntax.deflated) return await readDeflated(file, fileBytes, fileMeta)
    const parsed = parseElements(bytes, fileMeta.position, fileMeta.transferSyntax)
    if (!parsed.pixelData && !isWhole) continue
    if (!parsed.pixelData) refuseIncomplete(parsed, bytes.length)
    return header(bytes, fileMeta, parsed, fileBytes, undefined)
  }
  throw new DicomError('too-large', 'The description of the image is larger than 8 MB.')
}

async function readDeflated(file: SealedReader, fileBytes: number, fileMeta: FileMeta) {
  const inflated = await inflate(await readStart(file, fileBytes), fileMeta.position)
  const bytes = inflated.subarray(0, maxHeaderBytes)
  const parsed = parseElements(bytes, 0, fileMeta.transferSyntax)
  if (!parsed.pixelData) refuseIncomplete(parsed, bytes.length)
  return header(bytes, fileMeta, parsed, inflated.length, fileMeta.position)
}

/** Refuses, without inflating it, what would become larger than 64 MiB. */
export async function inflate(file: Uint8Array, position: number): Promise<Uint8Array> {
  if (file.length > maxInflatedBytes) throw new DicomError('too-large')
  try {
    return await inflateRawBounded(file.subarray(position), { maxOutputLength: maxInflatedBytes })
  } catch (cause) {
    const isTooLarge = (cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
    throw new DicomError(isTooLarge ? 'too-large' : 'truncated', undefined, { cause })
  }
}

const inflateRawBounded = promisify(inflateRaw)

function header(
  bytes: Uint8Array,
  fileMeta: FileMeta,
  { elements, pixelData }: ReturnType<typeof parseElements>,
  availableBytes: number,
  deflatedFrom: number | undefined,
): Header {
  const { transferSyntax } = fileMeta
  if (!pixelData) return { bytes, fileMeta, elements, transferSyntax, pixelData: undefined }
  const length = pixelData.hadUndefinedLength ? undefined : pixelData.length
  const located = { offset: pixelData.dataOffset, length, availableBytes, deflatedFrom }
  return { bytes, fileMeta, elements, transferSyntax, pixelData: located }
}

function refuseIncomplete({ position, failure }: ReturnType<typeof parseElements>, bytes: number) {
  if (position > bytes) throw new DicomError('truncated', undefined, { cause: failure })
  if (failure === undefined) return
  const code = position + 8 > bytes ? 'truncated' : 'unreadable'
  throw new DicomError(code, undefined, { cause: failure })
}

async function readStart(file: SealedReader, length: number): Promise<Uint8Array> {
  return await file.read(0, length)
}

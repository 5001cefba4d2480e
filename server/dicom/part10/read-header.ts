import { promisify } from 'node:util'
import { inflateRaw } from 'node:zlib'
import { headerWindowsBytes, maxHeaderBytes, maxInflatedBytes } from '../bounds.ts'
import { DicomError } from '../problem.ts'
import type { SealedReader } from '../sealed-file.ts'
import { type Elements, type FileMeta, parseElements, parseFileMeta } from './parse-header.ts'
import { hasFloatPixels, type PixelDataElement, pixelDataElement } from './pixel-data-element.ts'
import { type TransferSyntax, unsupported } from './transfer-syntax.ts'

/** Everything of one file but its pixels. Identifying: it stays inside this folder. */
export interface Header {
  readonly bytes: Uint8Array
  readonly fileMeta: FileMeta
  readonly elements: Elements
  readonly transferSyntax: TransferSyntax
  readonly pixelData: PixelDataElement | undefined
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
    if (!parsed.pixelData && !isWhole && !hasFloatPixels(parsed.elements)) continue
    return header(bytes, fileMeta, parsed, { bytes: fileBytes })
  }
  throw new DicomError('too-large', 'The description of the image is larger than 8 MB.')
}

async function readDeflated(file: SealedReader, fileBytes: number, fileMeta: FileMeta) {
  const inflated = await inflate(await readStart(file, fileBytes), fileMeta.position)
  const bytes = inflated.subarray(0, maxHeaderBytes)
  const parsed = parseElements(bytes, 0, fileMeta.transferSyntax)
  const deflatedFrom = fileMeta.position
  return header(bytes, fileMeta, parsed, { bytes: inflated.length, deflatedFrom })
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
  parsed: ReturnType<typeof parseElements>,
  available: { bytes: number; deflatedFrom?: number },
): Header {
  const { transferSyntax } = fileMeta
  const { elements } = parsed
  const pixelData = pixelDataElement(bytes, elements, transferSyntax, available)
  if (!pixelData) {
    refuseIncomplete(parsed, bytes.length)
    if (transferSyntax.name !== undefined) throw unsupported(transferSyntax)
  }
  return { bytes, fileMeta, elements, transferSyntax, pixelData }
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

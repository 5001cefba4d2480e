import yauzl from 'yauzl'
import { SealedReader, type SpooledFile } from '../dicom/index.ts'
import { ImportRefusedError } from './import-refused.ts'
import { SealedZip } from './sealed-zip.ts'
import { isZip, type Spool, tooManyFiles } from './spool.ts'

/** A zip may hold zips; those may not hold any. */
const nestedDepth = 1
/** Beyond `harmlessBytes`, content this many times larger than its zip is no image. */
const largestRatio = 100
const harmlessBytes = 64 * 2 ** 20

/**
 * Replaces every zip of the spool by the files in it. All names, sizes and counts of a zip are
 * looked at before anything of it is unpacked. Throws ImportRefusedError.
 */
export async function unzipSpool(spool: Spool, signal?: AbortSignal): Promise<void> {
  let waiting = spool.files.map((file) => ({ file, depth: 0 }))
  while (waiting.length > 0) {
    const inside: typeof waiting = []
    for (const { file, depth } of waiting) {
      signal?.throwIfAborted()
      if (!(await isZip(file))) continue
      if (depth > nestedDepth) throw bomb()
      const unpacked = await unzip(file, spool)
      await spool.drop(file)
      inside.push(...unpacked.map((each) => ({ file: each, depth: depth + 1 })))
    }
    waiting = inside
  }
}

async function unzip(zip: SpooledFile, spool: Spool): Promise<SpooledFile[]> {
  try {
    await using reader = await SealedReader.open(zip)
    const archive = await SealedZip.open(reader)
    try {
      const entries = await checkedEntries(archive, zip, spool)
      const unpacked: SpooledFile[] = []
      for (const entry of entries) {
        unpacked.push(await spool.add(await archive.openReadStreamPromise(entry)))
      }
      return unpacked
    } finally {
      archive.close()
    }
  } catch (error) {
    if (error instanceof ImportRefusedError || isSystemError(error)) throw error
    throw new ImportRefusedError(
      'zip-damaged',
      'The zip is damaged: it was probably not copied completely.',
      { cause: error },
    )
  }
}

/** The files of the archive, without its folders. */
async function checkedEntries(
  archive: yauzl.ZipFile,
  zip: SpooledFile,
  spool: Spool,
): Promise<yauzl.Entry[]> {
  const most = spool.limits.files - spool.fileCount
  const entries: yauzl.Entry[] = []
  let bytes = 0
  for await (const entry of archive.eachEntry()) {
    const name = entryName(entry)
    if (yauzl.validateFileName(name) !== null) {
      throw new ImportRefusedError(
        'zip-unsafe-path',
        'The zip holds a file that would be put outside its folder. Nothing of it was imported.',
      )
    }
    if (name.endsWith('/')) continue
    if (entry.isEncrypted()) {
      throw new ImportRefusedError(
        'zip-encrypted',
        'The zip is protected by a password: unpack it and import the folder.',
      )
    }
    if (!entry.canDecodeFileData()) {
      throw new ImportRefusedError(
        'zip-unsupported',
        'The zip is packed in an uncommon way: unpack it and import the folder.',
      )
    }
    bytes += entry.uncompressedSize
    entries.push(entry)
    if (entries.length > most) throw tooManyFiles(spool.limits.files)
    if (bytes > harmlessBytes && bytes > largestRatio * zip.bytes) throw bomb()
  }
  return entries
}

/** As the standard decodes it, `\` as a separator included; for checks alone, it goes nowhere. */
function entryName(entry: yauzl.Entry): string {
  const raw = entry.fileNameRaw
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false)
}

function bomb(): ImportRefusedError {
  return new ImportRefusedError(
    'zip-bomb',
    'The zip unpacks to far more than its size: it is not a set of images.',
  )
}

const isSystemError = (error: unknown) =>
  error instanceof Error && 'syscall' in error && typeof error.syscall === 'string'

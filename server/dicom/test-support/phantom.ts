import { attributes, type Keyword } from '../../../shared/dicom/attributes.ts'
import { type ImportReading, readStudy } from '../read-study.ts'
import { inThisThread } from './in-this-thread.ts'
import { memoryVault } from './memory-vault.ts'
import { type TestElement, writePart10 } from './part10-writer.ts'
import { spool } from './spool-files.ts'

/** An oblique, anisotropic slice of 4 columns and 3 rows, `k` steps of (0.3, 0, 2) mm along. */
const ofSlice = (k: number): SliceChanges => ({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.2',
  SOPInstanceUID: `1.2.3.4.${k}`,
  StudyInstanceUID: '1.2.3',
  SeriesInstanceUID: '1.2.3.4',
  FrameOfReferenceUID: '1.2.3.5',
  Modality: 'CT',
  ImageType: 'ORIGINAL\\PRIMARY\\AXIAL',
  ImagePositionPatient: `${10 + 0.3 * k}\\-20\\${30 + 2 * k}`,
  ImageOrientationPatient: '0.8\\0.6\\0\\-0.6\\0.8\\0',
  PixelSpacing: '0.5\\0.75',
  Rows: 3,
  Columns: 4,
  SamplesPerPixel: 1,
  PhotometricInterpretation: 'MONOCHROME2',
  BitsAllocated: 16,
  BitsStored: 12,
  HighBit: 11,
  PixelRepresentation: 0,
  RescaleIntercept: '-1024',
  RescaleSlope: '1',
})

export type SliceChanges = Partial<Record<Keyword, string | number | Uint8Array | undefined>>

/** A value of VR FD. */
export function doubles(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Float64Array.from(values).buffer)
}

export function sliceElements(k: number, changes: SliceChanges = {}): readonly TestElement[] {
  const values = { ...ofSlice(k), ...changes }
  const described = Object.entries(values).flatMap(([keyword, value]): TestElement[] => {
    const [tag, vr] = attributes[keyword as Keyword]
    return value === undefined ? [] : [[tag, vr, value]]
  })
  const pixels = Buffer.alloc(24)
  for (let i = 0; i < 12; i++) pixels.writeUInt16LE(1000 + 10 * k + i, 2 * i)
  return [...described, ['7fe00010', 'OW', pixels]]
}

export function slice(k: number, changes: SliceChanges = {}): Buffer {
  return writePart10(sliceElements(k, changes))
}

/** Reads files that are gone when it returns: for what is asked about headers alone. */
export async function readFiles(contents: readonly Uint8Array[]): Promise<ImportReading> {
  using spooled = spool(contents)
  return await readStudy(spooled.files, { vault: memoryVault(), threads: inThisThread })
}

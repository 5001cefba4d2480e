import type { KeyImagePixels } from '../../../shared/findings/findings.ts'
import type { DataSet } from './data-set.ts'
import { dicomDate, dicomTime } from './date-time.ts'
import type { ReferencedInstance } from './referenced-instance.ts'
import { instanceModules, instanceUid, type Sending, seriesUid } from './report-modules.ts'

const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7'
const kind = 'key-image'

/** A Secondary Capture (PS3.3 A.8.1), lossless RGB, with the letters and marks burned in. */
export function keyImage(
  sending: Sending,
  { columns, rows, rgb, takenAtMs }: KeyImagePixels,
  instanceNumber: number,
): DataSet {
  return {
    ...instanceModules(sending, {
      sopClassUID: secondaryCapture,
      modality: 'OT',
      kind,
      seriesDescription: 'Caseroom: key images, not for diagnosis',
      seriesNumber: 9303,
      instanceNumber,
    }),
    ConversionType: 'WSD',
    ContentDate: dicomDate(takenAtMs),
    ContentTime: dicomTime(takenAtMs),
    ImageType: ['DERIVED', 'SECONDARY'],
    PatientOrientation: '',
    Laterality: '',
    DerivationDescription:
      'Picture of a volume rendered by Caseroom, with orientation letters and marks. Not for diagnosis.',
    BurnedInAnnotation: 'YES',
    LossyImageCompression: '00',
    SamplesPerPixel: 3,
    PhotometricInterpretation: 'RGB',
    PlanarConfiguration: 0,
    Rows: rows,
    Columns: columns,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    PixelData: evenLength(rgb()),
  }
}

export const keyImageReference = (
  { findings: { sendingId } }: Sending,
  instanceNumber: number,
): ReferencedInstance => ({
  seriesInstanceUID: seriesUid(sendingId, kind),
  sopClassUID: secondaryCapture,
  sopInstanceUID: instanceUid(sendingId, kind, instanceNumber),
})

/** PS3.5 8.1.1: an odd count of bytes is padded with one. */
function evenLength(bytes: Uint8Array): Uint8Array {
  if (bytes.length % 2 === 0) return bytes
  const padded = new Uint8Array(bytes.length + 1)
  padded.set(bytes)
  return padded
}

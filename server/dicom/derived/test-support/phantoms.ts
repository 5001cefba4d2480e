import { attributes, type Keyword } from '../../../../shared/dicom/attributes.ts'
import {
  type TestElement,
  type WriteOptions,
  writePart10,
} from '../../test-support/part10-writer.ts'

type Three = readonly [number, number, number]
type Value = string | number | Uint8Array | readonly Values[]
export type Values = Partial<Record<Keyword, Value>>

/** Of a plane of pixels: LPS in mm. */
export interface PlaneOf {
  readonly position: Three
  readonly row?: Three
  readonly column?: Three
  readonly spacingMm?: readonly [rows: number, columns: number]
  readonly thicknessMm?: number
}

export const storage = '1.2.840.10008.5.1.4.1.1'

export interface SliceOf extends PlaneOf {
  readonly rows: number
  readonly columns: number
  readonly uid?: string
  readonly series?: string
  readonly frameOfReference?: string
}

/** A black CT slice. */
export function sourceSlice({ rows, columns, uid, series, frameOfReference, ...plane }: SliceOf) {
  return part10(
    {
      SOPClassUID: `${storage}.2`,
      SOPInstanceUID:
        uid ?? `1.2.3.4.${plane.position.map((mm) => Math.abs(mm * 1000) | 0).join('.')}`,
      StudyInstanceUID: '1.2.3',
      SeriesInstanceUID: series ?? '1.2.3.4',
      FrameOfReferenceUID: frameOfReference ?? '1.2.3.5',
      Modality: 'CT',
      ImageType: 'ORIGINAL\\PRIMARY\\AXIAL',
      ...planeValues(plane),
      ...pixelValues(rows, columns, 8),
      RescaleIntercept: '-1024',
      RescaleSlope: '1',
    },
    Buffer.alloc(rows * columns),
  )
}

export interface SegmentationOf {
  readonly type: 'BINARY' | 'FRACTIONAL' | 'LABELMAP'
  readonly rows: number
  readonly columns: number
  readonly bitsAllocated?: 1 | 8 | 16
  readonly frames: readonly FrameOf[]
  readonly segments?: readonly Values[]
  readonly frameOfReference?: string
  readonly more?: Values
}

export interface FrameOf {
  readonly segment?: number
  /** Absent: the frame says nothing of where it lies. */
  readonly plane?: PlaneOf
  readonly images?: readonly string[]
  /** One number a pixel, x fastest. */
  readonly pixels: readonly number[]
}

export function segmentation(of: SegmentationOf, options: WriteOptions = {}): Buffer {
  const { type, rows, columns, frames, segments = [{ SegmentNumber: 1 }] } = of
  const bitsAllocated = of.bitsAllocated ?? (type === 'BINARY' ? 1 : 8)
  const pixels = frames.flatMap((frame) => frame.pixels)
  return part10(
    {
      SOPClassUID: type === 'LABELMAP' ? `${storage}.66.7` : `${storage}.66.4`,
      SOPInstanceUID: '1.2.3.9',
      StudyInstanceUID: '1.2.3',
      SeriesInstanceUID: '1.2.3.8',
      FrameOfReferenceUID: of.frameOfReference ?? '1.2.3.5',
      Modality: 'SEG',
      SegmentationType: type,
      NumberOfFrames: String(frames.length),
      ...pixelValues(rows, columns, bitsAllocated),
      SegmentSequence: segments,
      PerFrameFunctionalGroupsSequence: frames.map(groupsOf),
      ...of.more,
    },
    packed(pixels, bitsAllocated),
    options,
  )
}

export interface ContoursOf {
  readonly number: number
  readonly roi?: Values
  readonly drawn?: Values
  readonly observed?: Values
  /** Flat lists of x, y, z in mm. */
  readonly contours: readonly { readonly type?: string; readonly pointsMm: readonly number[] }[]
}

export function structureSet(structures: readonly ContoursOf[], more: Values = {}): Buffer {
  const ofNumber = (number: number) => ({ ReferencedROINumber: String(number) })
  return part10({
    SOPClassUID: `${storage}.481.3`,
    SOPInstanceUID: '1.2.3.10',
    StudyInstanceUID: '1.2.3',
    SeriesInstanceUID: '1.2.3.11',
    Modality: 'RTSTRUCT',
    ReferencedFrameOfReferenceSequence: [{ FrameOfReferenceUID: '1.2.3.5' }],
    StructureSetROISequence: structures.map(({ number, roi }) => ({
      ROINumber: String(number),
      ...roi,
    })),
    ROIContourSequence: structures.map(({ number, drawn, contours }) => ({
      ...ofNumber(number),
      ContourSequence: contours.map(({ type = 'CLOSED_PLANAR', pointsMm }) => ({
        ContourGeometricType: type,
        ContourData: pointsMm.join('\\'),
      })),
      ...drawn,
    })),
    RTROIObservationsSequence: structures.map(({ number, observed }) => ({
      ...ofNumber(number),
      ...observed,
    })),
    ...more,
  })
}

function groupsOf({ segment = 1, plane, images = [] }: FrameOf): Values {
  const { ImagePositionPatient, ImageOrientationPatient, PixelSpacing } = plane
    ? planeValues(plane)
    : {}
  return {
    SegmentIdentificationSequence: [{ ReferencedSegmentNumber: segment }],
    ...(plane && {
      PlanePositionSequence: [{ ImagePositionPatient: ImagePositionPatient! }],
      PlaneOrientationSequence: [{ ImageOrientationPatient: ImageOrientationPatient! }],
      PixelMeasuresSequence: [
        {
          PixelSpacing: PixelSpacing!,
          ...(plane.thicknessMm !== undefined && { SliceThickness: String(plane.thicknessMm) }),
        },
      ],
    }),
    DerivationImageSequence: [
      {
        SourceImageSequence: images.map((uid) => ({
          ReferencedSOPClassUID: `${storage}.2`,
          ReferencedSOPInstanceUID: uid,
        })),
      },
    ],
  }
}

function planeValues({
  position,
  row = [1, 0, 0],
  column = [0, 1, 0],
  spacingMm = [1, 1],
}: PlaneOf) {
  return {
    ImagePositionPatient: position.join('\\'),
    ImageOrientationPatient: [...row, ...column].join('\\'),
    PixelSpacing: spacingMm.join('\\'),
  }
}

function pixelValues(rows: number, columns: number, bits: number): Values {
  return {
    Rows: rows,
    Columns: columns,
    SamplesPerPixel: 1,
    PhotometricInterpretation: 'MONOCHROME2',
    BitsAllocated: bits,
    BitsStored: bits,
    HighBit: bits - 1,
    PixelRepresentation: 0,
  }
}

function packed(pixels: readonly number[], bitsAllocated: 1 | 8 | 16): Uint8Array {
  if (bitsAllocated === 16) return new Uint8Array(Uint16Array.from(pixels).buffer)
  if (bitsAllocated === 8) return even(Uint8Array.from(pixels))
  const bytes = new Uint8Array(Math.ceil(pixels.length / 8))
  for (const [n, bit] of pixels.entries()) bytes[n >> 3]! |= bit << (n & 7)
  return even(bytes)
}

function even(bytes: Uint8Array): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : Uint8Array.from([...bytes, 0])
}

function part10(values: Values, pixels?: Uint8Array, options: WriteOptions = {}): Buffer {
  const ofPixels: TestElement[] = pixels ? [['7fe00010', 'OW', pixels]] : []
  return writePart10([...elementsOf(values), ...ofPixels], options)
}

function elementsOf(values: Values): readonly TestElement[] {
  return (Object.keys(values) as Keyword[]).map((keyword): TestElement => {
    const [tag, vr] = attributes[keyword]
    const value = values[keyword]!
    return [tag, vr, Array.isArray(value) ? value.map(elementsOf) : (value as string)]
  })
}

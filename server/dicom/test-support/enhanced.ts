import { attributes, type Keyword } from '../../../shared/dicom/attributes.ts'
import { type TestElement, type WriteOptions, writePart10 } from './part10-writer.ts'
import { type SliceChanges, sliceElements } from './phantom.ts'

/** Functional groups by the keyword of their sequence, each with one item of attributes. */
export type Groups = Partial<Record<Keyword, SliceChanges | readonly TestElement[]>>

export interface EnhancedFile {
  readonly shared: Groups
  readonly frames: readonly Groups[]
  /** At the top of the data set; `undefined` takes an attribute of the classic phantom away. */
  readonly top?: SliceChanges
}

/**
 * A multi-frame CT of the slices of the classic phantom (PS3.3 A.38): 4 columns, 3 rows, frame n
 * filled with 1000 + 10 n + i.
 */
export function enhanced({ shared, frames, top = {} }: EnhancedFile, options: WriteOptions = {}) {
  const placed = ['ImagePositionPatient', 'ImageOrientationPatient', 'PixelSpacing'] as const
  const scaled = ['RescaleIntercept', 'RescaleSlope'] as const
  const without = Object.fromEntries([...placed, ...scaled].map((keyword) => [keyword, undefined]))
  const elements = sliceElements(0, {
    ...without,
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.2.1',
    NumberOfFrames: String(frames.length),
    ...top,
  }).filter(([tag]) => tag !== '7fe00010')
  const pixels = Buffer.alloc(24 * frames.length)
  for (let n = 0; n < frames.length; n++) {
    for (let i = 0; i < 12; i++) pixels.writeUInt16LE(1000 + 10 * n + i, 24 * n + 2 * i)
  }
  const [sharedTag] = attributes.SharedFunctionalGroupsSequence
  const [perFrameTag] = attributes.PerFrameFunctionalGroupsSequence
  return writePart10(
    [
      ...elements,
      [sharedTag, 'SQ', [groupElements(shared)]],
      [perFrameTag, 'SQ', frames.map(groupElements)],
      ['7fe00010', 'OW', pixels],
    ],
    options,
  )
}

function groupElements(groups: Groups): readonly TestElement[] {
  return Object.entries(groups).map(([keyword, content]) => [
    attributes[keyword as Keyword][0],
    'SQ',
    [elementsOf(content)],
  ])
}

function elementsOf(content: SliceChanges | readonly TestElement[]): readonly TestElement[] {
  if (Array.isArray(content)) return content
  return Object.entries(content).flatMap(([keyword, value]): TestElement[] => {
    const [tag, vr] = attributes[keyword as Keyword]
    return value === undefined ? [] : [[tag, vr, value]]
  })
}

/** Where every phantom frame lies, and what its numbers mean. */
export const sharedGroups: Groups = {
  PixelMeasuresSequence: { PixelSpacing: '0.5\\0.75', SliceThickness: '2' },
  PlaneOrientationSequence: { ImageOrientationPatient: '0.8\\0.6\\0\\-0.6\\0.8\\0' },
  PixelValueTransformationSequence: {
    RescaleSlope: '1',
    RescaleIntercept: '-1024',
    RescaleType: 'HU',
  },
  FrameVOILUTSequence: { WindowCenter: '40', WindowWidth: '400' },
}

/** The place of slice k of the classic phantom, with what else the frame says. */
export const frameAt = (k: number, groups: Groups = {}): Groups => ({
  PlanePositionSequence: { ImagePositionPatient: `${10 + 0.3 * k}\\-20\\${30 + 2 * k}` },
  ...groups,
})

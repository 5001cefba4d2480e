import { describe, expect, it } from 'vitest'
import { classify, refuseUnsuitable, setAsideCode } from './classify.ts'
import { CleanDataSet } from './deidentify/clean-data-set.ts'
import { DicomError } from './problem.ts'

const storage = '1.2.840.10008.5.1.4.1.1'
const dataSetOf = (values: Readonly<Record<string, readonly string[] | readonly number[]>>) =>
  new CleanDataSet(new Map(Object.entries(values)) as ConstructorParameters<typeof CleanDataSet>[0])

const codeOf = (run: () => unknown) => {
  try {
    run()
  } catch (error) {
    if (error instanceof DicomError) return error.code
  }
  return undefined
}

describe('what a file is', () => {
  it.each([
    ['2', 'CT'],
    ['2.1', 'CT'],
    ['2.2', 'CT'],
    ['4', 'MR'],
    ['4.1', 'MR'],
    ['4.4', 'MR'],
    ['128', 'PT'],
    ['128.1', 'PT'],
    ['130', 'PT'],
  ])('[IN-5] %s is a slice or frames of a volume: %s', (suffix, modality) => {
    const dataSet = dataSetOf({ SOPClassUID: [`${storage}.${suffix}`] })
    expect(classify(dataSet, undefined)).toEqual({ kind: 'volume', modality })
  })

  it.each([
    ['66.4', { kind: 'segmentation' }, undefined],
    ['66.7', { kind: 'segmentation' }, undefined],
    ['481.3', { kind: 'contours' }, undefined],
    ['3.1', { kind: 'picture', modality: 'US' }, 'unsupported-modality'],
    ['6.1', { kind: 'picture', modality: 'US' }, 'unsupported-modality'],
    ['1', { kind: 'picture', modality: 'CR' }, 'unsupported-modality'],
    ['1.1', { kind: 'picture', modality: 'DX' }, 'unsupported-modality'],
    ['12.1', { kind: 'picture', modality: 'XA' }, 'unsupported-modality'],
    ['77.1.4', { kind: 'picture', modality: 'XC' }, 'unsupported-modality'],
    ['7', { kind: 'picture', isCapture: true }, 'screenshot'],
    ['7.4', { kind: 'picture', isCapture: true }, 'screenshot'],
  ])('[IN-6] %s is %o, set aside as %s', (suffix, kind, code) => {
    const what = classify(dataSetOf({ SOPClassUID: [`${storage}.${suffix}`] }), undefined)
    expect(what).toMatchObject(kind)
    expect(what.kind === 'picture' ? setAsideCode(what) : undefined).toBe(code)
  })

  it.each([
    ['4.2', 'not-an-image'],
    ['4.3', 'colour-image'],
    ['11.1', 'not-an-image'],
    ['88.67', 'not-an-image'],
    ['88.59', 'not-an-image'],
    ['104.1', 'not-an-image'],
    ['66.5', 'derived-object'],
    ['481.2', 'derived-object'],
    ['481.5', 'derived-object'],
    ['481.1', 'unsupported-modality'],
    ['20', 'unsupported-modality'],
    ['77.1.6', 'unsupported-modality'],
  ])('[IN-5] %s is refused as %s', (suffix, code) => {
    const dataSet = dataSetOf({ SOPClassUID: [`${storage}.${suffix}`] })
    expect(codeOf(() => classify(dataSet, undefined))).toBe(code)
  })

  it('goes by the file meta, then by the modality, where the class is missing or unknown', () => {
    expect(classify(dataSetOf({}), `${storage}.4`)).toEqual({ kind: 'volume', modality: 'MR' })
    const named = dataSetOf({ Modality: ['PT'] })
    expect(classify(named, undefined)).toEqual({ kind: 'volume', modality: 'PT' })
    const unknown = dataSetOf({ Modality: ['CT'], SOPClassUID: [`${storage}.999`] })
    expect(classify(unknown, undefined)).toEqual({ kind: 'volume', modality: 'CT' })
    expect(codeOf(() => classify(dataSetOf({}), undefined))).toBe('not-an-image')
    expect(codeOf(() => classify(dataSetOf({ Rows: [4] }), undefined))).toBe('unsupported-modality')
  })
})

describe('images that make no volume', () => {
  it.each([
    ['localizer', { ImageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] }],
    ['screenshot', { ImageType: ['DERIVED', 'SECONDARY', 'SCREEN SAVE'] }],
    ['multi-frame', { ImageType: ['ORIGINAL', 'PRIMARY', 'M', 'MOSAIC'] }],
    ['colour-image', { PhotometricInterpretation: ['PALETTE COLOR'] }],
    ['colour-image', { PhotometricInterpretation: ['RGB'], SamplesPerPixel: [3] }],
    ['colour-image', { PixelPresentation: ['COLOR'] }],
    [undefined, { PhotometricInterpretation: ['MONOCHROME1'], SamplesPerPixel: [1] }],
  ])('[IN-5] %s: %o', (code, values) => {
    expect(codeOf(() => refuseUnsuitable(dataSetOf(values)))).toBe(code)
  })
})

import { describe, expect, it } from 'vitest'
import { decodeSlice } from './decode/decode-slice.ts'
import { type ReadStudy, readStudy } from './read-study.ts'
import { inThisThread } from './test-support/in-this-thread.ts'
import { MemoryVaultRows, memoryVault } from './test-support/memory-vault.ts'
import { type TestElement, writePart10 } from './test-support/part10-writer.ts'
import { readFiles, type SliceChanges, slice, sliceElements } from './test-support/phantom.ts'
import { spool, testKey } from './test-support/spool-files.ts'

const options = () => ({ vault: memoryVault(), threads: inThisThread })

const slices = (count: number, changes = {}) =>
  Array.from({ length: count }, (_, k) => slice(k, changes))

const codes = (reading: Awaited<ReturnType<typeof readFiles>>) =>
  reading.problems.map(({ code }) => code)

describe('readStudy', () => {
  it('[IN-1] places an oblique, sheared, anisotropic series, whatever the order of its files', async () => {
    const { series, problems } = await readFiles([slice(2), slice(0), slice(3), slice(1)])
    expect(problems).toEqual([])
    expect(series).toHaveLength(1)
    expect(series[0]?.dims).toEqual([4, 3, 4])
    expect(series[0]?.slices.map(({ fileIndex }) => fileIndex)).toEqual([1, 3, 0, 2])
    const expected = [0.6, -0.3, 0.3, 10, 0.45, 0.4, 0, -20, 0, 0, 2, 30, 0, 0, 0, 1]
    for (const [n, value] of expected.entries()) {
      expect(series[0]?.patientFromVoxel[n]).toBeCloseTo(value, 9)
    }
  })

  it('[IN-1] decodes rescaled values, x fastest', async () => {
    using spooled = spool(slices(3))
    const { series } = await readStudy(spooled.files, options())
    const [, second] = series[0]!.slices
    expect(series[0]).toMatchObject({ dataType: 'int16', unit: 'HU' })
    expect([...(await decodeSlice(second!))]).toEqual(Array.from({ length: 12 }, (_, i) => i - 14))
  })

  it('reverses k where the normal points against the order of the scan', async () => {
    const turned = { ImageOrientationPatient: '0.8\\0.6\\0\\0.6\\-0.8\\0' }
    const { series } = await readFiles(slices(3, turned))
    expect(series[0]?.slices.map(({ fileIndex }) => fileIndex)).toEqual([2, 1, 0])
  })

  it('drops an exact copy and refuses two different images in one place', async () => {
    const copied = await readFiles([...slices(3), slice(1, { SOPInstanceUID: '1.2.9' })])
    expect(copied.series[0]?.dims).toEqual([4, 3, 3])
    expect(copied.setAside).toMatchObject([{ code: 'duplicate-slice', count: 1 }])
    const place = { ImagePositionPatient: '10.3\\-20\\32' }
    const different = await readFiles([...slices(3), slice(7, place)])
    expect(codes(different)).toContain('duplicate-slice')
  })

  it('makes one volume of each echo where a series holds several', async () => {
    const echo = (EchoTime: string) => slices(3, { EchoTime, SOPInstanceUID: `1.2.9.${EchoTime}` })
    const { series } = await readFiles([...echo('10'), ...echo('90')])
    expect(series.map(({ label }) => label)).toEqual([
      'CT · axial · 2 mm · echo 10 ms',
      'CT · axial · 2 mm · echo 90 ms',
    ])
    expect(series.map(({ seriesIndex }) => seriesIndex)).toEqual([0, 1])
  })

  it('[IN-1] tells the studies of a patient apart, by date and then in order of appearance', async () => {
    const study = (uid: string, StudyDate: string | undefined, changes: SliceChanges = {}) => {
      const own = { StudyInstanceUID: uid, SeriesInstanceUID: `${uid}.1`, StudyDate, ...changes }
      return [0, 1, 2].map((k) => writePart10([...sliceElements(k, own), ['00100020', 'LO', '7']]))
    }
    const { series, studies } = await readFiles([
      ...study('1.2.8', undefined),
      ...study('1.2.3', '20200305', { BodyPartExamined: 'HEAD' }),
      ...study('1.2.5', '20200101', { ImageType: 'ORIGINAL\\PRIMARY\\LOCALIZER' }),
      ...study('1.2.9', '20200304', { BodyPartExamined: 'CHEST' }),
      ...study('1.2.7', '20200304'),
      ...study('1.2.9', '20200304', { SeriesInstanceUID: '1.2.9.2', EchoTime: '9' }),
    ])
    expect(studies.map(({ title }) => title)).toEqual([
      'CT chest',
      'CT study',
      'CT head',
      'CT study',
    ])
    const days = studies.map(({ studyDate }) => studyDate && Date.parse(studyDate) / 86_400_000)
    expect(days).toEqual([days[0], days[0], Number(days[0]) + 1, undefined])
    expect(series.map(({ studyIndex }) => studyIndex)).toEqual([0, 0, 1, 2, 3])
    expect(series.map(({ seriesIndex }) => seriesIndex)).toEqual([0, 1, 2, 3, 4])
    expect(new Set(series.map(({ frameOfReferenceUID }) => frameOfReferenceUID)).size).toBe(1)
  })

  it('[PRIV-5] takes what names nobody for the patient of its study', async () => {
    const rows = new MemoryVaultRows()
    const vault = memoryVault(rows)
    const ada: TestElement[] = [
      ['00100010', 'PN', 'Okonkwo^Ada'],
      ['00100020', 'LO', '4471882'],
    ]
    const named = [1, 2, 3].map((k) => writePart10([...sliceElements(k), ...ada]))
    using spooled = spool([slice(0), ...named])
    const { series, problems, studies } = await readStudy(spooled.files, { ...options(), vault })
    expect(problems).toEqual([])
    expect(series[0]?.dims).toEqual([4, 3, 4])
    const [{ caseId, origin }] = studies as [ReadStudy]
    rows.origins.set(caseId, origin)
    const known = await vault.origin(caseId)
    expect(known?.patient).toEqual({ patientId: '4471882', patientName: 'Okonkwo^Ada' })
  })

  it('accounts for every file of a CD as a slice or set aside', async () => {
    const reading = await readFiles([
      Buffer.from('%PDF-1.7 not a picture at all, but something that CDs carry'),
      slice(9, { ImageType: 'ORIGINAL\\PRIMARY\\LOCALIZER', SeriesInstanceUID: '1.2.8' }),
      slice(9, { SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.67', Modality: 'SR' }),
      slice(9, { SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', Modality: 'OT' }),
      slice(9, { Rows: 2, Columns: 5 }),
      slice(0).subarray(0, -3),
      ...slices(3),
    ])
    expect(reading.series).toHaveLength(1)
    expect(codes(reading)).toEqual(['mixed-size', 'truncated'])
    const counts = Object.fromEntries(reading.setAside.map(({ code, count }) => [code, count]))
    expect(counts).toEqual({
      'not-dicom': 1,
      localizer: 1,
      'not-an-image': 1,
      screenshot: 1,
      'mixed-size': 1,
      truncated: 1,
    })
  })

  it('[PRIV-2] sets aside pages that scanners store as CT: screen saves, dose and protocol pages', async () => {
    for (const kind of ['SCREEN SAVE', 'DOSE_INFO', 'PROTOCOL', 'SCREENSHOT']) {
      const page = (n: number) =>
        slice(n, { ImageType: `DERIVED\\SECONDARY\\${kind}`, SeriesInstanceUID: '1.2.9' })
      const reading = await readFiles([page(0), page(1), page(2), ...slices(3)])
      expect(reading.series, kind).toHaveLength(1)
      expect(reading.setAside, kind).toMatchObject([{ code: 'screenshot', count: 3 }])
    }
  })

  it('says why nothing became a volume, once for each reason', async () => {
    const reading = await readFiles([Buffer.from('one'), Buffer.from('two'), ...slices(2)])
    expect(codes(reading)).toEqual(['not-dicom', 'too-few-slices', 'no-volume'])
    expect(reading.problems[0]?.message).toBe('This is not a DICOM file. (2 times)')
    expect(codes(await readFiles([]))).toEqual(['no-volume'])
  })

  it('never puts two patients into one case', async () => {
    const of = (patientId: string, k: number) =>
      writePart10([
        ...sliceElements(k, { SeriesInstanceUID: `1.2.3.${patientId}` }),
        ['00100020', 'LO', patientId],
      ])
    const reading = await readFiles([0, 1, 2].flatMap((k) => [of('12', k), of('34', k)]))
    expect(reading.series).toEqual([])
    expect(codes(reading)).toEqual(['no-volume', 'several-patients'])
  })

  it('keeps stored MR values where the scale is no whole number, its window with them', async () => {
    const mr = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.4', Modality: 'MR', RescaleIntercept: '10' }
    const window = { WindowCenter: '260', WindowWidth: '500' }
    const { series } = await readFiles(slices(3, { ...mr, ...window, RescaleSlope: '2.5' }))
    expect(series[0]).toMatchObject({ unit: 'stored', dataType: 'int16' })
    expect(series[0]?.headerWindow).toEqual({ windowCenter: 100, windowWidth: 200 })
  })

  it('keeps 16-bit MR as uint16 and never calls a CT without a scale HU', async () => {
    const mr = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.4', Modality: 'MR', RescaleIntercept: '0' }
    const wide = await readFiles(slices(3, { ...mr, BitsStored: 16, HighBit: 15 }))
    expect(wide.series[0]).toMatchObject({ dataType: 'uint16', unit: 'stored' })
    const bare = await readFiles(
      slices(3, { RescaleSlope: undefined, RescaleIntercept: undefined }),
    )
    expect(bare.series[0]?.unit).toBe('stored')
  })

  it('records the padding in output values', async () => {
    const { series } = await readFiles(slices(3, { PixelPaddingValue: 24 }))
    expect(series[0]?.paddingValue).toBe(-1000)
  })

  it.each([
    ['PhotometricInterpretation', 'MONOCHROME1', undefined],
    ['PhotometricInterpretation', 'PALETTE COLOR', 'colour-image'],
    ['SamplesPerPixel', 3, 'colour-image'],
    ['NumberOfFrames', '12', 'multi-frame'],
    ['PixelSpacing', '0\\0.5', 'bad-geometry'],
    ['ImageOrientationPatient', '1\\0\\0\\0.5\\0.5\\0', 'bad-geometry'],
    ['ImagePositionPatient', '1\\2\\here', 'bad-geometry'],
    ['RescaleSlope', '0', 'bad-pixel-description'],
    ['Rows', 60_000, 'truncated'],
    ['Modality', undefined, undefined],
  ] as const)('%s %s is answered with %s', async (keyword, value, code) => {
    const reading = await readFiles(slices(3, { [keyword]: value }))
    if (code) expect(codes(reading)).toContain(code)
    else expect(reading.series).toHaveLength(1)
  })

  it('stops when told to', async () => {
    using spooled = spool(slices(3))
    const reading = readStudy(spooled.files, { ...options(), signal: AbortSignal.abort() })
    await expect(reading).rejects.toThrow('aborted')
  })

  it('reports a file that cannot be opened as the failure of the disk it is', async () => {
    const gone = [{ fileIndex: 0, path: '/nonexistent/0', bytes: 1, key: testKey, number: 0 }]
    await expect(readStudy(gone, options())).rejects.toThrow('ENOENT')
  })
})

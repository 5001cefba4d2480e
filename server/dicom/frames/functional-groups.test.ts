import { describe, expect, it } from 'vitest'
import { decodeSlice } from '../decode/decode-slice.ts'
import { readStudy } from '../read-study.ts'
import { type EnhancedFile, enhanced, frameAt, sharedGroups } from '../test-support/enhanced.ts'
import { inThisThread } from '../test-support/in-this-thread.ts'
import { memoryVault } from '../test-support/memory-vault.ts'
import type { TestElement } from '../test-support/part10-writer.ts'
import { doubles, readFiles, slice } from '../test-support/phantom.ts'
import { spool } from '../test-support/spool-files.ts'

const one = (file: EnhancedFile) => readFiles([enhanced(file)])
const unsigned = (...values: readonly number[]) => new Uint8Array(Uint32Array.from(values).buffer)

describe('enhanced multi-frame', () => {
  const frames = [2, 0, 3, 1].map((k) => frameAt(k))

  it('[IN-5] is the same volume as its classic slices, whatever the order of its frames', async () => {
    const { series, problems } = await one({ shared: sharedGroups, frames })
    const classic = await readFiles([0, 1, 2, 3].map((k) => slice(k)))
    expect(problems).toEqual([])
    expect(series[0]).toMatchObject({
      dims: classic.series[0]!.dims,
      patientFromVoxel: classic.series[0]!.patientFromVoxel,
      unit: 'HU',
      headerWindow: { windowCenter: 40, windowWidth: 400 },
      attributes: [{ keyword: 'SliceThickness', value: 2 }],
    })
  })

  it('[IN-5] decodes each slice from its own frame', async () => {
    using spooled = spool([enhanced({ shared: sharedGroups, frames })])
    const options = { vault: memoryVault(), threads: inThisThread }
    const { series } = await readStudy(spooled.files, options)
    const firsts = series[0]!.slices.map(async (source) => (await decodeSlice(source))[0])
    expect(await Promise.all(firsts)).toEqual([1010, 1030, 1000, 1020].map((value) => value - 1024))
  })

  it('[IN-5] applies the scale of each frame', async () => {
    const scaled = [0, 1, 2].map((k) =>
      frameAt(k, {
        PixelValueTransformationSequence: {
          RescaleSlope: String(k + 1),
          RescaleIntercept: '0',
          RescaleType: 'HU',
        },
      }),
    )
    using spooled = spool([enhanced({ shared: sharedGroups, frames: scaled })])
    const options = { vault: memoryVault(), threads: inThisThread }
    const { series } = await readStudy(spooled.files, options)
    const firsts = series[0]!.slices.map(async (source) => (await decodeSlice(source))[0])
    expect(await Promise.all(firsts)).toEqual([1000, 2020, 3060])
  })

  it('[IN-5] makes a volume of each temporal position, named for its phase', async () => {
    const phases = [3, 1, 2].flatMap((phase) =>
      [0, 1, 2].map((k) =>
        frameAt(k, { FrameContentSequence: { TemporalPositionIndex: unsigned(phase) } }),
      ),
    )
    const { series } = await one({ shared: sharedGroups, frames: phases })
    expect(series.map(({ label }) => label)).toEqual(
      [1, 2, 3].map((phase) => `CT · axial · 2 mm · phase ${phase} of 3`),
    )
  })

  it('[IN-5] tells b-values and directions of diffusion apart', async () => {
    const weighted = (b: number, direction?: readonly number[]) =>
      [0, 1, 2].map((k) =>
        frameAt(k, {
          MRDiffusionSequence: {
            DiffusionBValue: doubles(b),
            ...(direction && { DiffusionGradientOrientation: doubles(...direction) }),
          },
        }),
      )
    const { series } = await one({
      shared: sharedGroups,
      frames: [...weighted(1000, [1, 0, 0]), ...weighted(1000, [0, 1, 0]), ...weighted(0)],
      top: { SOPClassUID: '1.2.840.10008.5.1.4.1.1.4.1', Modality: 'MR' },
    })
    expect(series.map(({ label }) => label.split(' · ').slice(3))).toEqual([
      ['b 0'],
      ['b 1000', 'direction 1 of 2'],
      ['b 1000', 'direction 2 of 2'],
    ])
  })

  it('[IN-5] falls back on the dimension index where nothing has a name', async () => {
    const indexed = [1, 2].flatMap((index) =>
      [0, 1, 2].map((k) =>
        frameAt(k, { FrameContentSequence: { DimensionIndexValues: unsigned(index, k + 1) } }),
      ),
    )
    const { series } = await one({ shared: sharedGroups, frames: indexed })
    expect(series.map(({ label }) => label.split(' · ').at(-1))).toEqual([
      'part 1 of 2',
      'part 2 of 2',
    ])
  })

  it('[IN-5] keeps stacks apart that cross the same places', async () => {
    const stacks = ['A1', 'A2'].flatMap((StackID) =>
      [0, 1, 2].map((k) => frameAt(k, { FrameContentSequence: { StackID } })),
    )
    const { series } = await one({ shared: sharedGroups, frames: stacks })
    expect(series.map(({ label }) => label.split(' · ').at(-1))).toEqual([
      'stack 1 of 2',
      'stack 2 of 2',
    ])
  })

  it('[IN-5] takes the scale of a PET from its mapping to Bq/ml, whatever others there are', async () => {
    const mapping = (unit: string, slope: number): TestElement[] => [
      [
        '004008ea',
        'SQ',
        [
          [
            ['00080100', 'SH', unit],
            ['00080102', 'SH', 'UCUM'],
          ],
        ],
      ],
      ['00409224', 'FD', doubles(0)],
      ['00409225', 'FD', doubles(slope)],
    ]
    const mapped = (unit: string, slope: number) =>
      [0, 1, 2].map((k) => frameAt(k, { RealWorldValueMappingSequence: mapping(unit, slope) }))
    const top = { SOPClassUID: '1.2.840.10008.5.1.4.1.1.130', Modality: 'PT' }
    const shared = {
      ...sharedGroups,
      PixelValueTransformationSequence: {
        RescaleSlope: '1',
        RescaleIntercept: '0',
        RescaleType: 'US',
      },
    }
    using spooled = spool([enhanced({ shared, frames: mapped('Bq/ml', 2.5), top })])
    const options = { vault: memoryVault(), threads: inThisThread }
    const [series] = (await readStudy(spooled.files, options)).series
    expect(series).toMatchObject({ modality: 'PT', dataType: 'float32', unit: 'Bq/ml' })
    expect((await decodeSlice(series!.slices[1]!))[0]).toBe(1010 * 2.5)
    const other = await one({ shared, frames: mapped('g/ml', 2.5), top })
    expect(other.series[0]).toMatchObject({ dataType: 'float32', unit: 'stored' })
  })

  it('[IN-5] leaves out the localisers among its frames', async () => {
    const scout = frameAt(9, {
      CTImageFrameTypeSequence: { FrameType: 'ORIGINAL\\PRIMARY\\LOCALIZER\\NONE' },
    })
    const { series, setAside } = await one({ shared: sharedGroups, frames: [...frames, scout] })
    expect(series[0]?.dims).toEqual([4, 3, 4])
    expect(setAside).toEqual([])
  })

  it('knows the frame that each slice came from, for the vault', async () => {
    const rows: { origin: unknown }[] = []
    const vault = memoryVault()
    using spooled = spool([enhanced({ shared: sharedGroups, frames })])
    await readStudy(spooled.files, {
      threads: inThisThread,
      vault: {
        patient: (identity) => vault.patient(identity),
        sealOrigin: (person, caseId, origin) => {
          rows.push({ origin })
          return vault.sealOrigin(person, caseId, origin)
        },
      },
    })
    const slices = [2, 4, 1, 3].map((frameNumber) => ({ frameNumber }))
    expect(rows).toMatchObject([{ origin: { volumes: [{ slices }] } }])
  })

  it.each([
    [
      'no groups of its frames',
      { shared: sharedGroups, frames, top: { NumberOfFrames: '7' } },
      'multi-frame',
    ],
    ['no place', { shared: sharedGroups, frames: [{}, {}, {}] }, 'bad-geometry'],
    [
      'no number of frames',
      { shared: sharedGroups, frames, top: { NumberOfFrames: '-4' } },
      'bad-pixel-description',
    ],
  ] as const)('[IN-5] is refused in words where it says %s', async (_, file, code) => {
    const { series, problems } = await one(file)
    expect(series).toEqual([])
    expect(problems.map((problem) => problem.code)).toContain(code)
  })
})

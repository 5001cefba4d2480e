import { describe, expect, it } from 'vitest'
import { readHeader } from './part10/read-header.ts'
import { SealedReader } from './sealed-file.ts'
import { suvbwMissingWords, suvbwOf } from './suv.ts'
import { type TestElement, writePart10 } from './test-support/part10-writer.ts'
import { spool } from './test-support/spool-files.ts'

type Values = Readonly<Record<string, readonly [tag: string, vr: string, value: string]>>

/** 70 kg; 350 MBq of 18F at 10:00, of which half is left after 6586 s; scanned at 11:00. */
const whole: Values = {
  seriesDate: ['00080021', 'DA', '20240301'],
  acquisitionDate: ['00080022', 'DA', '20240301'],
  seriesTime: ['00080031', 'TM', '110000'],
  acquisitionTime: ['00080032', 'TM', '110500'],
  weight: ['00101030', 'DS', '70'],
  duration: ['00181242', 'IS', '120000'],
  corrected: ['00280051', 'CS', 'DECY\\ATTN\\SCAT'],
  units: ['00541001', 'CS', 'BQML'],
  decayCorrection: ['00541102', 'CS', 'START'],
  frameReference: ['00541300', 'DS', '360000'],
}
const tracer: Values = {
  start: ['00181072', 'TM', '100000.00'],
  dose: ['00181074', 'DS', '350000000'],
  halfLife: ['00181075', 'DS', '6586'],
}

type Changes = Readonly<Record<string, string | undefined>>

const withChanges = (values: Values, changes: Changes): TestElement[] =>
  Object.entries(values).flatMap(([name, [tag, vr, value]]): TestElement[] => {
    const changed = name in changes ? changes[name] : value
    return changed === undefined ? [] : [[tag, vr, changed]]
  })

async function suvbw(
  changes: Changes = {},
  more: readonly TestElement[] = [],
  dose: readonly TestElement[] = [],
) {
  const item = [...withChanges(tracer, changes), ...dose]
  const elements: TestElement[] = [
    ...withChanges(whole, changes),
    ...more,
    ['00540016', 'SQ', [item]],
    ['7fe00010', 'OW', new Uint8Array(2)],
  ]
  using spooled = spool([writePart10(elements)])
  await using reader = await SealedReader.open(spooled.files[0]!)
  return suvbwOf(await readHeader(reader))
}

async function factor(...given: Parameters<typeof suvbw>): Promise<number> {
  const found = await suvbw(...given)
  return 'factor' in found ? found.factor : Number.NaN
}

const decayedFor = (seconds: number) => 70_000 / (350e6 * 2 ** (-seconds / 6586))

describe('the SUV factor by body weight', () => {
  it('[IN-5] START: the dose decays from the injection to the beginning of the series', async () => {
    expect(await factor()).toBeCloseTo(decayedFor(3600), 12)
  })

  it('[IN-5] ADMIN: the dose as it was given', async () => {
    expect(await factor({ decayCorrection: 'ADMIN' })).toBeCloseTo(decayedFor(0), 12)
  })

  // The rate of a frame of T seconds is its average a little before the middle: T/2 − λT²/24, 59.937 s
  // of 120.
  it('[IN-5] NONE: the dose decays to when the frame had its average rate', async () => {
    const uncorrected = { decayCorrection: 'NONE', corrected: 'ATTN' }
    expect(await factor(uncorrected)).toBeCloseTo(decayedFor(3900 + 59.937), 9)
  })

  // The frame began at 11:05:00; its reference time, 360 s after the beginning of the scan, is that of
  // its average rate.
  it('[IN-5] a series made later than the images: from what the frame says of the beginning', async () => {
    const later = { seriesTime: '150000' }
    expect(await factor(later)).toBeCloseTo(decayedFor(3900 - 360 + 59.937), 9)
    expect(await suvbw({ ...later, frameReference: undefined })).toEqual({ missing: 'scan-time' })
  })

  it("[IN-5] a series made later than GE's images: from its own scan time, wherever its block is", async () => {
    const more: TestElement[] = [
      ['00090012', 'LO', 'GEMS_PETD_01'],
      ['0009120d', 'DT', '20240301110200.00'],
    ]
    expect(await factor({ seriesTime: '150000' }, more)).toBeCloseTo(decayedFor(3720), 12)
  })

  it('[IN-5] an injection on the day before counts by its date, or over one midnight without', async () => {
    const early = { seriesTime: '003000', acquisitionTime: '003000', start: '233000' }
    expect(await factor(early)).toBeCloseTo(decayedFor(3600), 12)
    const dated: TestElement[] = [['00181078', 'DT', '20240229233000+0100']]
    expect(await factor({ ...early, start: undefined }, [], dated)).toBeCloseTo(
      decayedFor(3600),
      12,
    )
  })

  it('[IN-5] a date of injection that cannot be is left aside, the time of day counts', async () => {
    const shifted: TestElement[] = [['00181078', 'DT', '19991224100000']]
    expect(await factor({}, [], shifted)).toBeCloseTo(decayedFor(3600), 12)
  })

  it('[IN-5] an enhanced PET says to which moment decay was corrected', async () => {
    const enhanced = { units: undefined, corrected: undefined, decayCorrection: undefined }
    const more: TestElement[] = [
      ['00189701', 'DT', '20240301103000'],
      ['00189758', 'CS', 'YES'],
      ['00189759', 'CS', 'YES'],
    ]
    expect(await factor(enhanced, more)).toBeCloseTo(decayedFor(1800), 12)
  })

  it.each([
    ['units', { units: 'CNTS' }],
    ['corrections', { corrected: 'DECY\\SCAT' }],
    ['corrections', { corrected: 'ATTN' }],
    ['decay-correction', { decayCorrection: undefined }],
    ['half-life', { halfLife: undefined }],
    ['half-life', { halfLife: '0' }],
    ['dose', { dose: '' }],
    ['dose', { dose: '350' }],
    ['weight', { weight: '0' }],
    ['weight', { weight: '70000' }],
    ['injection-time', { start: undefined }],
    ['injection-time', { halfLife: '122' }],
    ['scan-time', { acquisitionTime: undefined }],
  ] as const)('[IN-5] says that it lacks %s: %o', async (missing, changes) => {
    expect(await suvbw(changes)).toEqual({ missing })
    expect(suvbwMissingWords[missing]).toMatch(/^[a-z].+[a-zA-Z]$/)
  })
})

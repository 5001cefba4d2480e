import type { Elements } from './part10/parse-header.ts'
import type { Header } from './part10/read-header.ts'

/** Standardised uptake value by body weight of one Bq/ml, or what is lacking for it. */
export type Suvbw = { readonly factor: number } | { readonly missing: SuvbwMissing }

export type SuvbwMissing = keyof typeof suvbwMissingWords

export const suvbwMissingWords = {
  units: 'the values are not in Bq/ml',
  corrections: 'the images are not said to be corrected for attenuation and decay',
  'decay-correction': 'it is not said to which moment decay was corrected',
  'half-life': 'the half-life of the radionuclide is missing',
  dose: 'the injected dose is missing or not in Bq',
  weight: "the patient's weight is missing",
  'injection-time': 'the time of the injection is missing or does not fit the scan',
  'scan-time': 'the time at which the scan began cannot be known',
} as const satisfies Record<string, string>

const tags = {
  seriesDate: 'x00080021',
  acquisitionDate: 'x00080022',
  seriesTime: 'x00080031',
  acquisitionTime: 'x00080032',
  patientWeight: 'x00101030',
  startTime: 'x00181072',
  totalDose: 'x00181074',
  halfLife: 'x00181075',
  startDateTime: 'x00181078',
  frameDuration: 'x00181242',
  decayCorrectionDateTime: 'x00189701',
  decayCorrected: 'x00189758',
  attenuationCorrected: 'x00189759',
  correctedImage: 'x00280051',
  radiopharmaceuticals: 'x00540016',
  units: 'x00541001',
  decayCorrection: 'x00541102',
  frameReferenceTime: 'x00541300',
} as const

/** One image of a PET, as it was sent. */
interface PetHeader {
  readonly text: (tag: keyof typeof tags | GeTag) => string
  readonly number: (tag: keyof typeof tags) => number
  readonly radiopharmaceutical: (tag: keyof typeof tags) => string
}

type GeTag = 'geScanDateTime'

/**
 * The vendor-neutral computation of the QIBA FDG-PET profile, from the header as it was sent: dates
 * and the radiopharmaceutical do not outlast de-identification. SUV = value in Bq/ml × factor.
 * Philips' own factor for counts is not used: values in counts stay counts.
 */
export function suvbwOf(header: Header): Suvbw {
  const pet = petHeader(header)
  const units = pet.text('units')
  if (units !== '' && units !== 'BQML') return { missing: 'units' }
  if (!isCorrected(pet)) return { missing: 'corrections' }
  const weightKg = pet.number('patientWeight')
  if (!(weightKg > 0 && weightKg < heaviestKg)) return { missing: 'weight' }
  const doseBq = Number(pet.radiopharmaceutical('totalDose') || Number.NaN)
  if (!(doseBq > leastDoseBq)) return { missing: 'dose' }
  const halfLifeSeconds = Number(pet.radiopharmaceutical('halfLife') || Number.NaN)
  if (!(halfLifeSeconds > 0)) return { missing: 'half-life' }
  const decay = decaySeconds(pet, halfLifeSeconds)
  if (typeof decay !== 'number') return decay
  return { factor: (weightKg * 1000) / (doseBq * 2 ** (-decay / halfLifeSeconds)) }
}

const heaviestKg = 700
/** Less was not given to anybody: it is a dose in MBq. */
const leastDoseBq = 1e5

function isCorrected(pet: PetHeader): boolean {
  const corrections = pet.text('correctedImage').split('\\')
  const attenuation = corrections.includes('ATTN') || pet.text('attenuationCorrected') === 'YES'
  const decay = corrections.includes('DECY') || pet.text('decayCorrected') === 'YES'
  return attenuation && (decay || pet.text('decayCorrection') === 'NONE')
}

/** From the injection to the moment for which the values hold. */
function decaySeconds(
  pet: PetHeader,
  halfLifeSeconds: number,
): number | { readonly missing: SuvbwMissing } {
  const correction = pet.text('decayCorrection')
  if (correction === 'ADMIN') return 0
  const given = dateTime(pet.text('decayCorrectionDateTime'))
  if (correction !== 'START' && correction !== 'NONE' && !given) {
    return { missing: 'decay-correction' }
  }
  const scan = given ?? (correction === 'NONE' ? frameMoment(pet, halfLifeSeconds) : undefined)
  const held = scan ?? (correction === 'START' ? scanStart(pet, halfLifeSeconds) : undefined)
  if (!held) return { missing: 'scan-time' }
  const injected =
    dateTime(pet.radiopharmaceutical('startDateTime')) ??
    moment(undefined, pet.radiopharmaceutical('startTime'))
  const elapsed = injected && secondsBetween(injected, held, mostHalfLives * halfLifeSeconds)
  return elapsed ?? { missing: 'injection-time' }
}

/** After ten of them a thousandth is left: a scan that late is a mistake in the header. */
const mostHalfLives = 10

/**
 * Series Date and Time, unless they are later than the acquisition, as those of a series that was
 * made afterwards; then GE's own scan time, or what the frame says of the beginning.
 */
function scanStart(pet: PetHeader, halfLifeSeconds: number): Moment | undefined {
  const series = moment(pet.text('seriesDate'), pet.text('seriesTime'))
  const acquisition = moment(pet.text('acquisitionDate'), pet.text('acquisitionTime'))
  if (!acquisition) return undefined
  if (series && !isAfter(series, acquisition)) return series
  const ge = dateTime(pet.text('geScanDateTime'))
  if (ge) return ge
  const reference = pet.number('frameReferenceTime') / 1000
  const frame = frameMoment(pet, halfLifeSeconds)
  if (!(reference > 0) || !(pet.number('frameDuration') > 0) || !frame) return undefined
  return { ...frame, second: frame.second - reference }
}

/** When a frame's count rate was its average, not its middle because of decay. */
function frameMoment(pet: PetHeader, halfLifeSeconds: number): Moment | undefined {
  const acquisition = moment(pet.text('acquisitionDate'), pet.text('acquisitionTime'))
  const durationSeconds = pet.number('frameDuration') / 1000
  if (!acquisition || !(durationSeconds > 0)) return acquisition
  const decayConstant = Math.LN2 / halfLifeSeconds
  const decay = decayConstant * durationSeconds
  const average = Math.log(decay / -Math.expm1(-decay)) / decayConstant
  return { ...acquisition, second: acquisition.second + average }
}

interface Moment {
  /** Days from 1970; absent where only a time of day is given. */
  readonly day?: number
  readonly second: number
}

/** Days count where they make sense; else the times of day, over at most one midnight. */
function secondsBetween(from: Moment, to: Moment, most: number): number | undefined {
  if (from.day !== undefined && to.day !== undefined) {
    const seconds = (to.day - from.day) * secondsPerDay + to.second - from.second
    if (seconds >= 0 && seconds <= most) return seconds
  }
  const seconds = (((to.second - from.second) % secondsPerDay) + secondsPerDay) % secondsPerDay
  return seconds <= most ? seconds : undefined
}

function isAfter(a: Moment, b: Moment): boolean {
  const days = a.day !== undefined && b.day !== undefined ? a.day - b.day : 0
  return days * secondsPerDay + a.second - b.second > 0
}

const secondsPerDay = 86_400

/** DT (PS3.5 §6.2): local times of one scanner, so the offset from UTC is left aside. */
function dateTime(text: string): Moment | undefined {
  const [, date, time] = /^(\d{8})(\d{6}(?:\.\d+)?)/.exec(text) ?? []
  return date && time ? moment(date, time) : undefined
}

/** DA and TM, or the older form with colons. */
function moment(date: string | undefined, time: string): Moment | undefined {
  const [, hours, minutes, seconds] = /^(\d{2}):?(\d{2}):?(\d{2}(?:\.\d+)?)?$/.exec(time) ?? []
  if (!hours || !minutes) return undefined
  const second = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(date ?? '') ?? []
  if (!year) return { second }
  return { day: Date.UTC(Number(year), Number(month) - 1, Number(day)) / 864e5, second }
}

function petHeader({ bytes, elements }: Header): PetHeader {
  const read = (within: Elements | undefined, tag: string | undefined): string => {
    const element = tag && within ? within[tag] : undefined
    if (!element || element.items || element.length > longestValue) return ''
    const value = bytes.subarray(element.dataOffset, element.dataOffset + element.length)
    return String.fromCharCode(...value)
      .replace(/[\0 ]+$/, '')
      .trim()
  }
  const ge = Object.keys(elements).find(
    (tag) => /^x000900[1-9a-f][0-9a-f]$/.test(tag) && read(elements, tag) === 'GEMS_PETD_01',
  )
  const text: PetHeader['text'] = (name) =>
    read(elements, name === 'geScanDateTime' ? ge && `x0009${ge.slice(-2)}0d` : tags[name])
  const item = elements[tags.radiopharmaceuticals]?.items?.[0]?.dataSet?.elements
  return {
    text,
    number: (name) => Number(text(name) || Number.NaN),
    radiopharmaceutical: (name) => read(item, tags[name]),
  }
}

const longestValue = 256

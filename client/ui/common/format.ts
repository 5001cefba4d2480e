/** Words and figures as every page writes them. */
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

export const count = (n: number, one: string, many = `${one}s`): string =>
  `${whole.format(n)} ${n === 1 ? one : many}`

export function bytes(n: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = n
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 && unit > 0 ? fine.format(value) : whole.format(value)} ${units[unit]}`
}

/** "00:12", "1:02:03". */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (n: number) => `${n}`.padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${two(m)}:${two(s)}`
}

export function percent(fraction: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, fraction)) * 100)} %`
}

export const dims = (size: readonly number[]): string => size.join(' × ')

export function clock(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

export function day(atMs: number): string {
  return new Date(atMs).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
}

/** DICOM's Age String (PS3.5 6.2), as "063Y", in words; anything else as it is. */
export function age(ageString: string): string {
  const [, digits, unit] = /^(\d{3})([DWMY])$/.exec(ageString) ?? []
  const name = { D: 'day', W: 'week', M: 'month', Y: 'year' }[unit ?? '']
  return digits && name ? count(Number(digits), name) : ageString
}

export function sex(patientSex: string): string {
  return { F: 'Female', M: 'Male', O: 'Other' }[patientSex] ?? patientSex
}

/** A body part as DICOM codes it, "CHEST", in sentence case. */
export function sentenceCase(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()
}

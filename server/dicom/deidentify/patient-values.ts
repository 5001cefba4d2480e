/** Rare ages identify: all above 89 are one group, as in the HIPAA safe harbour. */
export const oldestAge = '090Y'

const yearsPerUnit: Readonly<Record<string, number>> = {
  D: 1 / 365.25,
  W: 7 / 365.25,
  M: 1 / 12,
  Y: 1,
}

/** Takes and returns an Age String (PS3.5 §6.2); '' where it is none. */
export function foldAge(age: string): string {
  const unit = yearsPerUnit[age.slice(3)]
  if (!/^\d{3}[DWMY]$/.test(age) || unit === undefined) return ''
  return Number(age.slice(0, 3)) * unit >= 90 ? oldestAge : age
}

/** Takes and returns YYYYMMDD; '' where that is no day of the calendar from 1900 on. */
export function shiftDate(date: string, days: number): string {
  if (!/^\d{8}$/.test(date)) return ''
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)].map(Number)
  const moment = new Date(Date.UTC(year!, month! - 1, day!))
  if (moment.getUTCMonth() !== month! - 1 || moment.getUTCDate() !== day || year! < 1900) return ''
  moment.setUTCDate(day! - days)
  return moment.toISOString().slice(0, 10).replaceAll('-', '')
}

import type { PacsStudy } from '../../../shared/pacs/pacs.ts'

/** A person's name (PS3.5 6.2.1), "DOE^JANE^^DR", as a list shows it: "DOE, JANE". */
export function patientName({ patientName: name }: PacsStudy): string {
  const [family = '', given = '', middle = ''] = name.split('=')[0]?.split('^') ?? []
  const first = [given, middle].filter(Boolean).join(' ')
  return [family, first].filter(Boolean).join(', ') || 'Without a name'
}

/** YYYY-MM-DD in words; a day has no time zone. */
export function dayInWords(date: string | undefined): string | undefined {
  if (!date) return undefined
  const parsed = new Date(`${date}T00:00:00Z`)
  if (Number.isNaN(parsed.getTime())) return date
  return parsed.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** Whether two studies are, as far as the PACS says, of one person. */
export function isSamePatient(a: PacsStudy, b: PacsStudy): boolean {
  if (a.patientId || b.patientId) return a.patientId === b.patientId
  return a.patientName === b.patientName && a.patientBirthDate === b.patientBirthDate
}

/** The others of the same person in an answer, in its order. */
export function otherStudies(of: PacsStudy, studies: readonly PacsStudy[]): PacsStudy[] {
  return studies.filter((study) => study !== of && isSamePatient(study, of))
}

import type { PacsStudy, SeriesPath } from '../../../shared/pacs/pacs.ts'
import { isSamePatient } from './patient-words.ts'

/** The series picked so far: of one patient, since one import takes one. */
export interface SeriesChoice {
  readonly of: PacsStudy | undefined
  readonly series: readonly SeriesPath[]
}

export const nothingChosen: SeriesChoice = { of: undefined, series: [] }

export const isChosen = ({ series }: SeriesChoice, seriesInstanceUID: string): boolean =>
  series.some((each) => each.seriesInstanceUID === seriesInstanceUID)

/** A series of another patient begins anew. */
export function toggled(
  choice: SeriesChoice,
  study: PacsStudy,
  seriesInstanceUID: string,
): SeriesChoice {
  if (isChosen(choice, seriesInstanceUID)) {
    const series = choice.series.filter((each) => each.seriesInstanceUID !== seriesInstanceUID)
    return series.length > 0 ? { ...choice, series } : nothingChosen
  }
  const path = { studyInstanceUID: study.studyInstanceUID, seriesInstanceUID }
  const isAnother = choice.of === undefined || !isSamePatient(choice.of, study)
  return isAnother
    ? { of: study, series: [path] }
    : { of: choice.of, series: [...choice.series, path] }
}

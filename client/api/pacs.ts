import type { z } from 'zod'
import { importAccepted } from '../../shared/case/import.ts'
import {
  type PacsSeries,
  type PacsStudies,
  pacsSeriesList,
  pacsStatus,
  pacsStudies,
  type SeriesPath,
  type studySearch,
} from '../../shared/pacs/pacs.ts'
import { call } from './http.ts'

export type StudyQuestion = z.input<typeof studySearch>

export async function pacsIsSetUp(): Promise<boolean> {
  return (await call('/api/pacs', pacsStatus)).configured
}

export function searchStudies(body: StudyQuestion, signal: AbortSignal): Promise<PacsStudies> {
  return call('/api/pacs/studies/search', pacsStudies, { method: 'POST', body, signal })
}

export async function seriesOfStudy(
  studyInstanceUID: string,
  signal: AbortSignal,
): Promise<PacsSeries[]> {
  const body = { studyInstanceUID }
  const options = { method: 'POST', body, signal } as const
  return (await call('/api/pacs/series/search', pacsSeriesList, options)).series
}

/** The id of the import that they become. */
export async function bringSeries(series: readonly SeriesPath[], title: string): Promise<string> {
  const body = { series, ...(title && { title }) }
  return (await call('/api/pacs/imports', importAccepted, { method: 'POST', body })).importId
}

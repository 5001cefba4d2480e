import { type CaseDetails, type CaseList, caseDetails, caseList } from '../../shared/case/case.ts'
import { type PriorCase, priorList } from '../../shared/case/prior.ts'
import { call } from './http.ts'

export interface CaseSearch {
  readonly q: string
  readonly modality: string
  readonly bodyPart: string
  /** From 1. */
  readonly page: number
}

export function searchCases(search: CaseSearch, signal?: AbortSignal): Promise<CaseList> {
  const query = new URLSearchParams()
  for (const key of ['q', 'modality', 'bodyPart'] as const) {
    if (search[key]) query.set(key, search[key])
  }
  query.set('page', `${search.page}`)
  return call(`/api/cases?${query}`, caseList, signal ? { signal } : {})
}

/** With a participant's token: the case of their conference and no other. */
export function readCase(caseId: string, token?: string): Promise<CaseDetails> {
  return call(`/api/cases/${encodeURIComponent(caseId)}`, caseDetails, token ? { token } : {})
}

/** Other cases of the same patient; with a participant's token, what their conference compares with. */
export async function readPriors(caseId: string, token?: string): Promise<PriorCase[]> {
  const path = `/api/cases/${encodeURIComponent(caseId)}/priors`
  return (await call(path, priorList, token ? { token } : {})).priors
}

export const thumbnailUrl = (caseId: string): string =>
  `/api/cases/${encodeURIComponent(caseId)}/thumbnail`

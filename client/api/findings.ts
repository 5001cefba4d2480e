import { z } from 'zod'
import {
  type FindingsSent,
  type FindingsView,
  findingsSent,
  findingsView,
  type KeyImageSummary,
  keyImageSummary,
  type PastConference,
  pastConferences,
  type SavedMinutes,
  type SendFindingsRequest,
  savedMinutes,
} from '../../shared/findings/findings-view.ts'
import { call, callForBlob } from './http.ts'

/** Whose findings, and as whom: without a token the login speaks. */
export interface FindingsOf {
  readonly conferenceId: string
  readonly token?: string
}

const pathOf = ({ conferenceId }: FindingsOf, rest = '') =>
  `/api/conferences/${encodeURIComponent(conferenceId)}/findings${rest}`
const as = ({ token }: FindingsOf) => (token === undefined ? {} : { token })

export function readFindings(of: FindingsOf, signal: AbortSignal): Promise<FindingsView> {
  return call(pathOf(of), findingsView, { ...as(of), signal })
}

/** `leaving`: the page is about to go, and the call outlives it. */
export function saveMinutes(
  of: FindingsOf,
  minutes: SavedMinutes,
  leaving = false,
): Promise<SavedMinutes> {
  const options = { ...as(of), method: 'PUT', body: minutes, keepalive: leaving } as const
  return call(pathOf(of, '/minutes'), savedMinutes, options)
}

export function keepKeyImage(of: FindingsOf, png: Blob): Promise<KeyImageSummary> {
  const options = { ...as(of), method: 'POST', body: png } as const
  return call(pathOf(of, '/key-images'), keyImageSummary, options)
}

export function readKeyImage(of: FindingsOf, keyImageId: string, signal: AbortSignal) {
  const path = pathOf(of, `/key-images/${encodeURIComponent(keyImageId)}`)
  return callForBlob(path, { ...as(of), signal })
}

export async function removeKeyImage(of: FindingsOf, keyImageId: string): Promise<void> {
  const path = pathOf(of, `/key-images/${encodeURIComponent(keyImageId)}`)
  await call(path, z.unknown(), { ...as(of), method: 'DELETE' })
}

export function sendFindings(of: FindingsOf, chosen: SendFindingsRequest): Promise<FindingsSent> {
  return call(pathOf(of, '/send'), findingsSent, { ...as(of), method: 'POST', body: chosen })
}

/** Newest first. */
export async function listPastConferences(): Promise<PastConference[]> {
  return (await call('/api/past-conferences', pastConferences)).conferences
}

import { z } from 'zod'
import { role } from '../../shared/conference/role.ts'
import { protocolVersion } from '../../shared/protocol/version.ts'
import { ApiError, call } from './http.ts'

const joined = z.object({
  seat: z.unknown(),
  participantId: z.string(),
  role,
  token: z.string(),
  /** Absent where the server is older than that it tells. */
  protocol: z.number().optional(),
})
export type Joined = z.infer<typeof joined>

const opened = z.object({
  conferenceId: z.string(),
  code: z.string(),
  links: z.object({ attending: z.string(), resident: z.string(), observer: z.string() }),
})
export type OpenedConference = z.infer<typeof opened>

const summary = z.object({
  conferenceId: z.string(),
  caseId: z.string(),
  code: z.string(),
  openedBy: z.string(),
  openedAtMs: z.number(),
})
export type ConferenceSummary = z.infer<typeof summary>
const list = z.object({ conferences: z.array(summary) })

/** What lets a person in: the part of a link behind #, or the six characters somebody told them. */
export type Key = { readonly invitation: string } | { readonly code: string }

/**
 * `rejoin`: the token of an earlier join, to come back as the same participant. Throws an ApiError
 * `page-outdated` where this page and the server are of different versions; the seat lapses.
 */
export async function joinByKey(key: Key, displayName: string, rejoin?: string): Promise<Joined> {
  const body = { ...key, displayName, ...(rejoin && { rejoin }) }
  const answer = await call('/api/conferences/join', joined, { method: 'POST', body })
  if (answer.protocol === protocolVersion) return answer
  throw new ApiError(200, pageOutdated, 'Caseroom was updated. Reload the page.')
}

export const pageOutdated = 'page-outdated'

/** Fresh links, for whoever opened it. */
export async function freshLinks(conferenceId: string): Promise<OpenedConference['links']> {
  const path = `/api/conferences/${encodeURIComponent(conferenceId)}/links`
  return (await call(path, opened.pick({ links: true }), { method: 'POST' })).links
}

/**
 * With a prior, another case of the same patient, both are on the table. `samePatient`: somebody has
 * confirmed that it is, where what links the two is a guess.
 */
export function openConference(
  caseId: string,
  prior?: { caseId: string; samePatient: boolean },
): Promise<OpenedConference> {
  const { caseId: priorCaseId, samePatient } = prior ?? {}
  const body = { caseId, ...(priorCaseId && { priorCaseId }), ...(samePatient && { samePatient }) }
  return call('/api/conferences', opened, { method: 'POST', body })
}

export async function listConferences(): Promise<ConferenceSummary[]> {
  return (await call('/api/conferences', list)).conferences
}

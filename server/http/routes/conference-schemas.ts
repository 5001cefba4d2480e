import { z } from 'zod'
import { plainWords } from '../../../shared/conference/plain-words.ts'
import { role } from '../../../shared/conference/role.ts'

/** A name that others see: one line, with something in it. */
const displayName = plainWords(64)

const joinCode = z.string().regex(/^[A-Za-z0-9]{6}$/, 'six letters and digits')
const invitation = z.string().regex(/^[\w-]{43}$/, 'the part of the link behind #')
const rejoin = z.string().max(4096)

const caseId = z.string().min(1).max(64)

/**
 * With a prior, both cases are on the table, and guests read both. `samePatient` is asked for where
 * nothing that is stored says so for certain.
 */
export const openConferenceRequest = z.strictObject({
  caseId,
  priorCaseId: caseId.optional(),
  samePatient: z.literal(true).optional(),
})

const links = z.strictObject({ attending: z.url(), resident: z.url(), observer: z.url() })

export const conferenceOpened = z.strictObject({
  conferenceId: z.string(),
  code: z.string(),
  links,
})

export const conferenceLinks = z.strictObject({ links })

/** By link or by code, not both; `rejoin` is the token of an earlier join, to be the same person. */
export const joinRequest = z.union([
  z.strictObject({ invitation, displayName, rejoin: rejoin.optional() }),
  z.strictObject({ code: joinCode, displayName, rejoin: rejoin.optional() }),
])

export const joined = z.strictObject({
  /** What the Colyseus SDK consumes. */
  seat: z.unknown(),
  participantId: z.string(),
  role,
  token: z.string(),
  /** Of the room: a page of another version misreads the state, and says so instead. */
  protocol: z.int(),
})

export const conferenceSummary = z.strictObject({
  conferenceId: z.string(),
  caseId: z.string(),
  priorCaseId: z.string().optional(),
  code: z.string(),
  openedBy: z.string(),
  openedAtMs: z.int(),
})

export const conferenceList = z.strictObject({ conferences: z.array(conferenceSummary) })

export const conferenceState = z.strictObject({
  seq: z.int(),
  /** SHA-256, hex, of the RFC 8785 JSON of `state`. */
  hash: z.string(),
  state: z.record(z.string(), z.unknown()),
})

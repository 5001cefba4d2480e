import { z } from 'zod'
import { measured } from '../conference/marks.ts'
import { plainWords } from '../conference/plain-words.ts'
import { sentKinds } from './findings.ts'

/** What the page of a conference's findings shows and asks for. */
const atMs = z.int()
export const longestMinutes = 20_000
export const mostKeyImages = 40

const measurement = z.discriminatedUnion('quantity', [
  z.strictObject({ quantity: z.literal('length'), valueMm: z.number() }),
  z.strictObject({ quantity: z.literal('angle'), valueDegrees: z.number() }),
])

const shownMark = z.strictObject({
  annotationId: z.string(),
  volumeId: z.string(),
  /** One of `annotationKinds`. */
  kind: z.string(),
  /** Patient mm. */
  pointsMm: z.array(z.tuple([z.number(), z.number(), z.number()])),
  text: z.string().optional(),
  authorName: z.string(),
  atMs,
  measurement: measurement.optional(),
  measured: measured.optional(),
  /** It lies in the prior and cannot be sent with this case. */
  ofPrior: z.literal(true).optional(),
})
export type ShownMark = z.infer<typeof shownMark>

export const keyImageSummary = z.strictObject({
  keyImageId: z.string(),
  takenAtMs: atMs,
  by: z.string(),
  columns: z.int(),
  rows: z.int(),
})
export type KeyImageSummary = z.infer<typeof keyImageSummary>

export const shownParticipant = z.strictObject({
  name: z.string(),
  joinedAtMs: atMs,
  /** Absent of whoever is still there. */
  leftAtMs: atMs.optional(),
})
export type ShownParticipant = z.infer<typeof shownParticipant>

/** Version 0: nothing was written yet. */
export const savedMinutes = z.strictObject({ text: z.string(), version: z.int().nonnegative() })
export type SavedMinutes = z.infer<typeof savedMinutes>

export const sendingStates = ['sending', 'sent', 'failed'] as const

export const shownSending = z.strictObject({
  sendingId: z.string(),
  state: z.enum(sendingStates),
  signedBy: z.string(),
  atMs,
  kinds: z.array(z.enum(sentKinds)),
  /** In words, of one that failed. */
  message: z.string().optional(),
})
export type ShownSending = z.infer<typeof shownSending>

export const findingsView = z.strictObject({
  conferenceId: z.string(),
  caseId: z.string(),
  openedAtMs: atMs,
  closedAtMs: atMs.optional(),
  marks: z.array(shownMark),
  keyImages: z.array(keyImageSummary),
  minutes: savedMinutes,
  participants: z.array(shownParticipant),
  /** Newest first. */
  sent: z.array(shownSending),
  canSend: z.union([z.literal(true), z.strictObject({ reason: z.string() })]),
})
export type FindingsView = z.infer<typeof findingsView>

/** Text of several lines, as a person types it. */
const minutesText = z
  .string()
  .max(longestMinutes)
  .refine((words) => words.isWellFormed(), 'plain text without broken characters')
  .regex(/^[\P{Cc}\n\r\t]*$/u, 'plain text')

export const saveMinutesRequest = z.strictObject({
  text: minutesText,
  /** The one that was changed; a newer one is not overwritten. */
  version: z.int().nonnegative(),
})

export const sendFindingsRequest = z.strictObject({
  /** The verifying observer, typed by themselves. */
  signedBy: plainWords(62),
  annotationIds: z.array(z.string().max(64)).max(2_000),
  keyImageIds: z.array(z.string().max(64)).max(mostKeyImages),
})
export type SendFindingsRequest = z.infer<typeof sendFindingsRequest>

export const findingsSent = z.strictObject({
  sent: z.array(z.strictObject({ kind: z.enum(sentKinds), atMs })),
})
export type FindingsSent = z.infer<typeof findingsSent>

/** Closed ones, newest first. */
export const pastConferences = z.strictObject({
  conferences: z.array(
    z.strictObject({
      conferenceId: z.string(),
      caseId: z.string(),
      openedBy: z.string(),
      openedAtMs: atMs,
      closedAtMs: atMs.optional(),
    }),
  ),
})
export type PastConference = z.infer<typeof pastConferences>['conferences'][number]

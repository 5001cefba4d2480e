import { z } from 'zod'
import { volumeManifest } from '../volume/manifest.ts'
import { faceProtection } from './face.ts'

/** One study, de-identified. Dates are shifted, ages above 89 folded to 90. */
export const caseSummary = z.strictObject({
  caseId: z.string(),
  title: z.string(),
  /** The modalities of its volumes, as "CT" or "CT, MR". */
  modality: z.string(),
  bodyPart: z.string().optional(),
  patientSex: z.string().optional(),
  patientAge: z.string().optional(),
  /** ISO 8601 date, shifted by whole days. */
  studyDate: z.string().optional(),
  createdAtMs: z.int().nonnegative(),
  volumeCount: z.int().positive(),
})
export type CaseSummary = z.infer<typeof caseSummary>

export const caseDetails = caseSummary.extend({
  volumes: z.array(volumeManifest).min(1),
  face: faceProtection,
})
export type CaseDetails = z.infer<typeof caseDetails>

export const caseList = z.strictObject({
  cases: z.array(caseSummary),
  total: z.int().nonnegative(),
})
export type CaseList = z.infer<typeof caseList>

export const casesPerPage = 24

export const caseQuery = z.object({
  /** Words that all occur in the title or body part. */
  q: z.string().trim().max(200).optional(),
  modality: z.string().trim().max(16).optional(),
  bodyPart: z.string().trim().max(64).optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})
export type CaseQuery = z.infer<typeof caseQuery>

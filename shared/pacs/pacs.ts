import { z } from 'zod'

/**
 * What is asked of the PACS and what it answers (PS3.18 10.6). The answers name patients: they go
 * to the page of whoever asked, and are kept nowhere.
 */
export const mostStudies = 200
const defaultStudies = 50
export const mostSeriesAtOnce = 50

/** PS3.5 6.2: no control characters, and the backslash would part one value from another. */
const typed = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^[^\\\p{Cc}]*$/u)
    .transform((text) => text || undefined)
    .optional()

/** YYYY-MM-DD, as date fields have it. */
const date = z.iso.date().optional()

const uid = z.string().regex(/^[0-9.]{1,64}$/)

/** `*` and `?` stand for any characters and for one (PS3.4 C.2.2.2.4). */
export const studySearch = z
  .strictObject({
    patientName: typed(64),
    patientId: typed(64),
    dateFrom: date,
    dateTo: date,
    modality: z
      .string()
      .regex(/^[A-Z]{2,16}$/)
      .optional(),
    description: typed(64),
    accessionNumber: typed(16),
    limit: z.int().min(1).max(mostStudies).default(defaultStudies),
  })
  .refine(({ dateFrom, dateTo }) => !dateFrom || !dateTo || dateFrom <= dateTo, {
    path: ['dateTo'],
    message: 'The last day is before the first.',
  })
  .refine(({ limit: _, ...criteria }) => Object.values(criteria).some(Boolean), {
    message: 'At least one thing to look for is needed.',
    path: ['patientName'],
  })
export type StudySearch = z.output<typeof studySearch>

export const seriesSearch = z.strictObject({ studyInstanceUID: uid })

const count = z.int().nonnegative()

export const pacsStudy = z.strictObject({
  studyInstanceUID: uid,
  patientName: z.string(),
  patientId: z.string(),
  /** YYYY-MM-DD; absent where the PACS knows none. */
  patientBirthDate: z.string().optional(),
  studyDate: z.string().optional(),
  description: z.string(),
  accessionNumber: z.string(),
  modalities: z.array(z.string()),
  /** Absent where the PACS does not count. */
  seriesCount: count.optional(),
  instanceCount: count.optional(),
})
export type PacsStudy = z.infer<typeof pacsStudy>

/** Newest first. `more`: the PACS has others that are not in it. */
export const pacsStudies = z.strictObject({ studies: z.array(pacsStudy), more: z.boolean() })
export type PacsStudies = z.infer<typeof pacsStudies>

export const pacsSeries = z.strictObject({
  seriesInstanceUID: uid,
  modality: z.string(),
  seriesNumber: z.int().optional(),
  description: z.string(),
  bodyPart: z.string(),
  instanceCount: count.optional(),
})
export type PacsSeries = z.infer<typeof pacsSeries>

/** In the order of their numbers. */
export const pacsSeriesList = z.strictObject({ series: z.array(pacsSeries) })

export const seriesPath = z.strictObject({ studyInstanceUID: uid, seriesInstanceUID: uid })
export type SeriesPath = z.infer<typeof seriesPath>

export const pacsImportRequest = z.strictObject({
  series: z.array(seriesPath).min(1).max(mostSeriesAtOnce),
  title: z.string().trim().max(200).optional(),
})

export const pacsStatus = z.strictObject({ configured: z.boolean() })

/** What becomes part of a case; everything else of a study can be looked at in the PACS alone. */
export const importableModalities: readonly string[] = ['CT', 'MR', 'PT', 'SEG', 'RTSTRUCT']

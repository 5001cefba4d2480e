import { z } from 'zod'

/** In the order a job goes through them; the last four are where it ends. */
export const importStates = [
  'receiving',
  'reading',
  'deidentifying',
  'building',
  'ready',
  'rejected',
  'quarantined',
  'failed',
] as const

export const importState = z.enum(importStates)
export type ImportState = z.infer<typeof importState>

export const endStates: readonly ImportState[] = ['ready', 'rejected', 'quarantined', 'failed']

const code = z.string().regex(/^[a-z0-9-]+$/)

/** `message` is in words a radiographer can act on; never a file name or a DICOM value. */
export const importProblem = z.strictObject({
  code,
  message: z.string(),
  fileIndex: z.int().nonnegative().optional(),
  seriesIndex: z.int().nonnegative().optional(),
})
export type ImportProblem = z.infer<typeof importProblem>

const count = z.int().nonnegative()

/** What was done, in counts alone. */
export const importReport = z.strictObject({
  files: count,
  bytes: count,
  volumes: count,
  /** Objects that are no volume (localisers, dose reports, documents), by reason. */
  setAside: z.array(z.strictObject({ code: z.string(), count, message: z.string() })),
  /** What was decided about a series, in words. */
  notes: z
    .array(z.strictObject({ code, message: z.string(), seriesIndex: z.int().nonnegative() }))
    .optional(),
  /** Slices in which text was found in the picture and hidden. */
  slicesMasked: count.optional(),
  /** Counts by attribute keyword or kind of thing taken away; never a value. */
  deidentification: z.record(z.string(), z.union([count, z.record(z.string(), count)])).optional(),
})
export type ImportReport = z.infer<typeof importReport>

export const importStatus = z.strictObject({
  importId: z.string(),
  state: importState,
  /** 0…1 of the whole job. */
  progress: z.number().min(0).max(1),
  problems: z.array(importProblem),
  caseIds: z.array(z.string()),
  report: importReport,
  createdAtMs: count,
})
export type ImportStatus = z.infer<typeof importStatus>

export const importAccepted = z.strictObject({ importId: z.string() })
export const importList = z.strictObject({ imports: z.array(importStatus) })

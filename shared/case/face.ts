import { z } from 'zod'

/**
 * Whether people may be shown the scan although a face could be rendered from it. `needed`: not
 * before the attending has masked the face or, by name, waived the mask.
 */
export const faceProtection = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('not-needed') }),
  z.strictObject({ state: z.literal('needed') }),
  z.strictObject({ state: z.literal('masked'), by: z.string(), atMs: z.int() }),
  z.strictObject({
    state: z.literal('waived'),
    by: z.string(),
    reason: z.string(),
    atMs: z.int(),
  }),
])
export type FaceProtection = z.infer<typeof faceProtection>

const finite = z.number().refine(Number.isFinite)

/** What stays of a masked scan: patient points p (mm, LPS) with `dot(normal, p) >= offsetMm`. */
export const keptSide = z.strictObject({
  normal: z.tuple([finite, finite, finite]).refine((n) => Math.hypot(...n) > 1e-6),
  offsetMm: finite,
})
export type KeptSide = z.infer<typeof keptSide>

export const protectFaceRequest = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('mask'), keep: keptSide }),
  z.strictObject({
    action: z.literal('waive'),
    /** Who answers for it, as they write their name. */
    name: z.string().trim().min(2).max(80),
    reason: z.string().trim().min(3).max(500),
  }),
])
export type ProtectFaceRequest = z.infer<typeof protectFaceRequest>

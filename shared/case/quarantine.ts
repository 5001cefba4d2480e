import { z } from 'zod'

const count = z.int().nonnegative()
/** Columns and rows from 0, both ends inside: left, top, right, bottom. */
export const pixelBox = z.tuple([count, count, count, count])
export type PixelBox = z.infer<typeof pixelBox>

/** A slice that a person has to look at before anything of its import is kept. */
export const quarantinedSlice = z.strictObject({
  seriesIndex: count,
  k: count,
  columns: count,
  rows: count,
  /** Where something looks like text. */
  boxes: z.array(pixelBox),
})
export type QuarantinedSlice = z.infer<typeof quarantinedSlice>

export const quarantine = z.strictObject({
  heldSinceMs: count,
  slices: z.array(quarantinedSlice),
})
export type Quarantine = z.infer<typeof quarantine>

/** What the person saw, for every slice they were asked about: boxes to hide, or none. */
export const quarantineReview = z.strictObject({
  slices: z
    .array(
      z.strictObject({
        seriesIndex: count.max(100_000),
        k: count.max(100_000),
        boxes: z.array(pixelBox).max(100),
      }),
    )
    .min(1)
    .max(20_000),
})
export type QuarantineReview = z.infer<typeof quarantineReview>

import { z } from 'zod'

/**
 * One line of text that others will see. A lone surrogate has no UTF-8 and no RFC 8785 form: it
 * would break every page's copy of the state, so it stops here.
 */
export const plainWords = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((words) => words.isWellFormed(), 'plain text without broken characters')
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'one line of plain text')

import type { Problem } from './problem.ts'

/**
 * Something in a volume that was not measured as it is shown, as slices made of their neighbours:
 * it is told wherever the volume is.
 */
export type Alteration = Pick<Problem, 'code' | 'message'>

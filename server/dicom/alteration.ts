import type { Problem } from './problem.ts'

/**
 * Something that whoever looks at a volume must know: that it was not measured as it is shown, as
 * slices made of their neighbours, or that it is not all of its series. It is told wherever the
 * volume is.
 */
export type Alteration = Pick<Problem, 'code' | 'message'>

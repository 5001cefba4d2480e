export { answerLabel } from './answer-label.ts'
export { answerRegion, answerValue } from './answer-region.ts'
export { answerSlice } from './answer-slice.ts'

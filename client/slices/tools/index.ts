/** Marking and measuring on slices: what the panes need of it. */
export { markMiddle, markPath, wordsPlace } from '../../../shared/findings/mark-path.ts'
export { markWords } from '../../../shared/findings/mark-words.ts'
export { marksShown, previewOf } from '../../scene/marks-preview.ts'
export { breakOff } from './going-on.ts'
export { type KeyedPane, SliceKeys } from './slice-keys.ts'
export { heldEnd, sliceTools } from './slice-tools.ts'

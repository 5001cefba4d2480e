/** Marking and measuring on slices: what the panes need of it. */
export { marksShown, previewOf } from '../../scene/marks-preview.ts'
export { breakOff } from './going-on.ts'
export { SliceKeys } from './slice-keys.ts'
export { heldEnd, sliceTools } from './slice-tools.ts'

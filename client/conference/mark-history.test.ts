import { expect, it } from 'vitest'
import type { Asked } from './conference-session.ts'
import type { AnnotationView } from './conference-view.ts'
import { MarkHistory } from './mark-history.ts'

const measured = { mean: 4, standardDeviation: 1, min: 2, max: 6, areaMm2: 9, unit: 'HU' }
const ellipse: AnnotationView = {
  annotationId: 'e',
  volumeId: 'ct',
  kind: 'ellipse',
  pointsMm: [
    [0, 0, 0],
    [1, 0, 0],
    [0, 1, 0],
  ],
  text: '',
  measured,
  authorId: 'ada',
  authorName: 'Ada',
  colour: '#56b4e9',
  atMs: 1,
  mine: true,
}
const { annotationId, volumeId, kind, pointsMm } = ellipse

it('[MARK-5] what was measured comes back with the mark that was deleted', () => {
  const history = new MarkHistory()
  const asked: Asked = { type: 'deleteAnnotation', annotationId }
  expect(history.did(asked, { before: [ellipse], after: [] })).toBeDefined()
  const again = { type: 'addAnnotation', annotationId, volumeId, kind, pointsMm, measured }
  expect(history.undo()?.asked).toEqual(again)
  expect(history.redo()?.asked).toEqual(asked)
})

it('[MARK-5] a correction is taken back to the place and values before, and done again', () => {
  const history = new MarkHistory()
  const moved: AnnotationView['pointsMm'] = [
    [5, 0, 0],
    [6, 0, 0],
    [5, 1, 0],
  ]
  const read = { ...measured, mean: 40 }
  const asked: Asked = {
    type: 'updateAnnotation',
    annotationId,
    pointsMm: moved,
    measured: read,
  }
  const others = { ...ellipse, mine: false }
  expect(history.did(asked, { before: [others], after: [others] })).toBeDefined()
  expect(history.canUndo).toBe(true)
  const back = { type: 'updateAnnotation', annotationId, pointsMm, measured }
  expect(history.undo()?.asked).toEqual(back)
  expect(history.redo()?.asked).toEqual(asked)
  expect(history.undo()?.asked).toEqual(back)
})

it('[MARK-5] what others made or deleted is no step of one’s own', () => {
  const history = new MarkHistory()
  const others = { ...ellipse, mine: false }
  const asked: Asked = { type: 'deleteAnnotation', annotationId }
  expect(history.did(asked, { before: [others], after: [] })).toBeUndefined()
  expect(history.did({ type: 'resetView' }, { before: [others], after: [others] })).toBeUndefined()
  expect(history.canUndo).toBe(false)
})

import { expect, it } from 'vitest'
import { marksOf } from './marks-of.ts'

const mark = (annotationId: string, atMs: number, kind: string, points: number, text = '') => ({
  annotationId,
  volumeId: 'v',
  kind,
  pointsMm: Array.from({ length: points }, (_, n) => [n, 0, 0]),
  text,
  authorId: 'p',
  authorName: 'Ada',
  authorColour: 3,
  atMs,
})

it('[OUT-1] marks go out in the order they were made; one of a kind that is not known does not', () => {
  const annotations = {
    b: mark('b', 2, 'arrow', 2),
    a: mark('a', 1, 'text', 1, 'here'),
    odd: mark('odd', 0, 'spiral', 9),
    c: mark('c', 2, 'length', 2),
  }
  expect(marksOf({ annotations }).map(({ annotationId }) => annotationId)).toEqual(['a', 'b', 'c'])
  expect(marksOf({ annotations })[0]).toEqual({
    annotationId: 'a',
    volumeId: 'v',
    kind: 'text',
    pointsMm: [[0, 0, 0]],
    text: 'here',
    authorName: 'Ada',
    atMs: 1,
  })
  expect(marksOf({})).toEqual([])
})

it('[OUT-1] a region goes out with what was read in it; one of other points does not', () => {
  const measured = { mean: 43, standardDeviation: 12, min: -12, max: 101, areaMm2: 235, unit: 'HU' }
  const annotations = {
    region: { ...mark('region', 1, 'ellipse', 3), measured },
    outline: { ...mark('outline', 2, 'freehand', 40), measured: {} },
    odd: mark('odd', 3, 'ellipse', 2),
  }
  const [region, outline, ...rest] = marksOf({ annotations })
  expect(region).toMatchObject({ kind: 'ellipse', measured })
  expect(outline).toMatchObject({ kind: 'freehand' })
  expect(outline?.measured).toBeUndefined()
  expect(rest).toEqual([])
})

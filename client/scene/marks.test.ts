import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js'
import { Scene } from '@babylonjs/core/scene.js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { AnnotationView } from '../conference/conference-view.ts'
import { Labels } from './labels.ts'
import { Marks } from './marks.ts'
import { PatientSpace } from './patient-space.ts'
import { Inks } from './stroke.ts'

let engine: NullEngine
let scene: Scene
let marks: Marks

beforeEach(() => {
  engine = new NullEngine()
  scene = new Scene(engine)
  // marks without words lay nothing over the picture
  const labels = new Labels({ paint: () => undefined, erase: () => undefined })
  marks = new Marks(scene, new PatientSpace(scene), new Inks(scene), labels)
})
afterEach(() => engine.dispose())

const mark = (n: number): AnnotationView => ({
  annotationId: `m${n}`,
  volumeId: 'ct',
  kind: n % 2 ? 'arrow' : 'point',
  pointsMm:
    n % 2
      ? [
          [n, 0, 0],
          [n, 9, 0],
        ]
      : [[n, 0, 0]],
  text: '',
  measured: undefined,
  authorId: 'ada',
  authorName: 'Ada',
  colour: '#56b4e9',
  atMs: n,
  mine: true,
})
const many = () => Array.from({ length: 2000 }, (_, n) => mark(n))

it('2,000 marks that come again as other objects make no mesh anew', () => {
  const meshes = () => scene.meshes.map(({ uniqueId }) => uniqueId)
  const foreseen = (atMs: number) => ({ ...mark(2), annotationId: 'foreseen', atMs })
  marks.show(many(), 'ct')
  const before = meshes()
  expect(before).toHaveLength(3000)
  marks.show(many(), 'ct')
  expect(meshes()).toEqual(before)
  marks.show([...many(), foreseen(1)], 'ct')
  const withForeseen = meshes()
  expect(withForeseen).toHaveLength(3001)
  marks.show([...many(), foreseen(2)], 'ct')
  expect(meshes()).toEqual(withForeseen)
})

it('a mark whose place, colour or kind has changed is drawn anew, one that is gone goes', () => {
  marks.show([mark(2)], 'ct')
  marks.show([{ ...mark(2), pointsMm: [[5, 6, 7]] }], 'ct')
  expect(scene.meshes.map(({ position }) => position.asArray())).toEqual([[5, 6, 7]])
  marks.show([{ ...mark(2), pointsMm: [[5, 6, 7]], colour: '#e69f00' }], 'ct')
  expect(scene.meshes.map(({ material }) => material?.name)).toEqual(['ink #e69f00'])
  marks.show([mark(3)], 'ct')
  expect(scene.meshes).toHaveLength(2)
  marks.show([mark(3)], 'mr')
  expect(scene.meshes).toHaveLength(0)
})

import { NullEngine } from '@babylonjs/core/Engines/nullEngine.js'
import { Scene } from '@babylonjs/core/scene.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, normalize, scale, subtract } from '../../shared/geometry/vector.ts'
import { CropHandles } from './crop-handles.ts'
import { cropFaces, middleOfFace } from './crop-handles-box.ts'
import { PatientSpace } from './patient-space.ts'
import { Inks } from './stroke.ts'

let engine: NullEngine
let scene: Scene
let handles: CropHandles

beforeEach(() => {
  engine = new NullEngine()
  scene = new Scene(engine)
  handles = new CropHandles(scene, new PatientSpace(scene), new Inks(scene))
})
afterEach(() => {
  handles.dispose()
  engine.dispose()
})

const box = { minMm: [-100, -60, -40], maxMm: [80, 70, 200], enabled: true } as const
/** From where no axis is looked along. */
const eye: Vec3 = [700, -900, 500]
const rayTo = (target: Vec3) => ({ origin: eye, direction: normalize(subtract(target, eye)) })
const balls = () => scene.meshes.filter(({ name }) => name.startsWith('crop handle'))

describe('the crop box on the stage', () => {
  it('[CASE-2] has a handle in the middle of each face, for who may move it', () => {
    handles.show(box, true)
    const places = balls().map(({ position: { x, y, z } }) => [x, y, z])
    expect(places).toEqual(cropFaces.map((face) => middleOfFace(box, face)))
    handles.show(box, false)
    expect(balls()).toEqual([])
    expect(scene.getMeshByName('crop box')).not.toBeNull()
    expect(handles.begin(rayTo(middleOfFace(box, cropFaces[0]!)))).toBeUndefined()
    handles.show({ ...box, enabled: false }, true)
    expect(scene.meshes).toEqual([])
  })

  it.each(cropFaces.map((face) => [face.letter, face] as const))(
    '[CASE-2] a drag moves face %s to where it is pointed at, and no other',
    (_letter, face) => {
      handles.show(box, true)
      const middle = middleOfFace(box, face)
      // taken hold of a little beside its middle, as hands do
      const drag = handles.begin(rayTo(add(middle, [1, 1, 1])))
      expect(drag?.face).toBe(face)
      const way: Vec3 = [0, 0, 0].map((_, n) => (n === face.axis ? 1 : 0)) as unknown as Vec3
      const moved = drag!.move(rayTo(add(add(middle, [1, 1, 1]), scale(way, -23))))
      expect(moved[face.end][face.axis]).toBeCloseTo(box[face.end][face.axis] - 23, 0)
      for (const other of cropFaces.filter((one) => one !== face)) {
        expect(moved[other.end][other.axis]).toBe(box[other.end][other.axis])
      }
      expect(drag!.move({ origin: eye, direction: way })).toEqual(moved)
    },
  )

  it('a ray beside every handle takes hold of none, a fingertip’s width reaches further', () => {
    handles.show(box, true)
    const beside = add(middleOfFace(box, cropFaces[5]!), [0, 9, 9])
    expect(handles.begin(rayTo(beside))).toBeUndefined()
    expect(handles.begin(rayTo(beside), 8)?.face.letter).toBe('H')
    const away = { origin: eye, direction: normalize(eye) }
    expect(handles.begin(away, 8)).toBeUndefined()
  })

  it('of two handles behind each other the nearer one is taken', () => {
    handles.show(box, true)
    const [right, left] = cropFaces.map((face) => middleOfFace(box, face))
    const origin = add(left!, [500, 0, 0])
    const ray = { origin, direction: normalize(subtract(right!, origin)) }
    expect(handles.faceAt(ray)?.letter).toBe('L')
  })

  it('the handle that is held is lit, and not for ever', () => {
    handles.show(box, true)
    const inks = () => new Set(balls().map(({ material }) => material))
    expect(inks().size).toBe(1)
    handles.light(cropFaces[2])
    expect(inks().size).toBe(2)
    handles.light(undefined)
    expect(inks().size).toBe(1)
  })
})

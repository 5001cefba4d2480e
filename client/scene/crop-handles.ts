import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateLineSystem } from '@babylonjs/core/Meshes/Builders/linesBuilder.js'
import type { LinesMesh } from '@babylonjs/core/Meshes/linesMesh.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { CropBox } from '../../shared/conference/looks.ts'
import { boxEdges } from '../../shared/geometry/box-cut.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { type CropFace, cropFaces, middleOfFace } from './crop-handles-box.ts'
import { beginCropDrag, type CropDrag, handleRadiusMm, nearestFace } from './crop-handles-drag.ts'
import type { Ray } from './own-camera.ts'
import type { PatientSpace } from './patient-space.ts'
import { ball, type Inks } from './stroke.ts'

const accent = '#4cc2ff'
const held = '#ffffff'
/** Drawn after the volume, over it: what is behind tissue can be taken hold of too. */
const overTheVolume = 1

/** The crop box on the stage: its edges, and for whoever may move them a handle on each face. */
export class CropHandles {
  readonly #scene: Scene
  readonly #space: PatientSpace
  readonly #inks: Inks
  #box: CropBox | undefined
  #editable = false
  #drawn = ''
  #edges: LinesMesh | undefined
  #handles: readonly { face: CropFace; mesh: Mesh }[] = []
  #heldFace: CropFace | undefined

  constructor(scene: Scene, space: PatientSpace, inks: Inks) {
    this.#scene = scene
    this.#space = space
    this.#inks = inks
  }

  /** Nothing where there is no box or it is switched off. Costs nothing where nothing has changed. */
  show(box: CropBox | undefined, editable: boolean): void {
    const shown = box?.enabled ? box : undefined
    const now = shown ? `${shown.minMm} ${shown.maxMm} ${editable}` : ''
    if (now === this.#drawn) return
    this.#drawn = now
    this.#box = shown
    this.#editable = editable
    this.#edges?.dispose()
    this.#edges = shown && this.#drawEdges(shown)
    if (shown && editable) this.#placeHandles(shown)
    else this.#dropHandles()
  }

  /**
   * Takes hold of the handle that a ray of the patient's space passes by, if there is one;
   * `toleranceMm` is a fingertip's width in the patient there. The box is not changed by it: show
   * and send what the drag answers.
   */
  begin(ray: Ray, toleranceMm = 0): CropDrag | undefined {
    const face = this.faceAt(ray, toleranceMm)
    return face && this.#box && beginCropDrag(this.#box, face, ray)
  }

  /** The handle under a ray, for a pointer that only rests there. */
  faceAt(ray: Ray, toleranceMm = 0): CropFace | undefined {
    if (!this.#box || !this.#editable) return undefined
    return nearestFace(this.#box, ray, toleranceMm)
  }

  /** Lights the handle that is held or pointed at. */
  light(face: CropFace | undefined): void {
    if (face === this.#heldFace) return
    this.#heldFace = face
    this.#colourHandles()
  }

  dispose(): void {
    this.#edges?.dispose()
    this.#dropHandles()
  }

  #drawEdges({ minMm, maxMm }: CropBox): LinesMesh {
    const corner = (n: number) =>
      new Vector3(
        n & 1 ? maxMm[0] : minMm[0],
        n & 2 ? maxMm[1] : minMm[1],
        n & 4 ? maxMm[2] : minMm[2],
      )
    const lines = boxEdges.map(([a, b]) => [corner(a), corner(b)])
    const mesh = CreateLineSystem('crop box', { lines }, this.#scene)
    mesh.color = Color3.FromHexString(accent)
    mesh.parent = this.#space.node
    mesh.isPickable = false
    return mesh
  }

  #placeHandles(box: CropBox): void {
    if (this.#handles.length === 0) {
      this.#handles = cropFaces.map((face) => {
        const mesh = ball(`crop handle ${face.letter}`, this.#scene, this.#space.node, 1)
        mesh.renderingGroupId = overTheVolume
        return { face, mesh }
      })
      this.#colourHandles()
    }
    const radius = handleRadiusMm(box)
    for (const { face, mesh } of this.#handles) {
      const at: Vec3 = middleOfFace(box, face)
      mesh.position.set(...at)
      mesh.scaling.setAll(radius)
    }
  }

  #colourHandles(): void {
    for (const { face, mesh } of this.#handles) {
      mesh.material = this.#inks.of(face === this.#heldFace ? held : accent)
    }
  }

  #dropHandles(): void {
    for (const { mesh } of this.#handles) mesh.dispose()
    this.#handles = []
  }
}

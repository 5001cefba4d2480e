import type { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { VertexBuffer } from '@babylonjs/core/Meshes/buffer.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { scale } from '../../../shared/geometry/vector.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { PatientSpace } from '../../scene/patient-space.ts'
import type { PaintContext } from '../../slices/paint-context.ts'
import type { PaneFrame } from '../../slices/pane-frame.ts'
import { picture, pictureMaterial } from '../panel/panel-picture.ts'
import { quad } from '../panel/panel-quad.ts'
import { metresPerPx, sheetPx, sheetRatio, slicePx } from './slice-sheet.ts'

const name = 'slice panel'
/** Among the tissue, which hides it where it is in front. */
const amongTissue = 0

/** The picture of the sheet, in the hand whole, or the slice alone where it lies in the patient. */
export class SliceMesh {
  readonly #mesh: Mesh
  readonly #picture: ReturnType<typeof picture>
  readonly #material: StandardMaterial
  readonly #turn = Quaternion.Identity()
  #inPatient: boolean | undefined
  #draw: (context: PaintContext) => void = () => undefined

  constructor(scene: Scene) {
    const size = {
      width: Math.round(sheetPx.width * sheetRatio),
      height: Math.round(sheetPx.height * sheetRatio),
    }
    this.#picture = picture(name, scene, size, (context) => this.#draw(context))
    this.#material = pictureMaterial(name, scene, this.#picture.texture)
    this.#material.useAlphaFromDiffuseTexture = false
    // the quad's triangles go round the other way: its back is what Babylon takes for the front
    this.#material.cullBackFaces = false
    this.#picture.texture.hasAlpha = false
    this.#mesh = quad(name, scene)
    this.#mesh.material = this.#material
    this.#mesh.renderingGroupId = amongTissue
    this.#mesh.rotationQuaternion = this.#turn
    this.hide()
  }

  paint(draw: (context: PaintContext) => void): void {
    this.#draw = draw
    this.#picture.redraw()
  }

  hide(): void {
    this.#mesh.setEnabled(false)
  }

  /** The whole sheet. */
  placeInRoom({ position, rotation }: WorldPose): void {
    if (this.#inPatient !== false) {
      this.#inPatient = false
      this.#crop(1, 1)
      this.#mesh.parent = null
      // from behind it would be read mirrored
      this.#material.backFaceCulling = true
    }
    this.#mesh.position.set(...position)
    this.#turn.set(...rotation)
    this.#mesh.scaling.set(sheetPx.width * metresPerPx, sheetPx.height * metresPerPx, 1)
    this.#mesh.setEnabled(true)
  }

  /** The slice where it was cut, as large as the patient is shown. */
  placeInPatient({ axes, middleMm, mmPerPx }: PaneFrame, { node }: PatientSpace): void {
    if (this.#inPatient !== true) {
      this.#inPatient = true
      this.#crop(slicePx.width / sheetPx.width, slicePx.height / sheetPx.height)
      this.#mesh.parent = node
      this.#material.backFaceCulling = false
    }
    this.#mesh.position.set(...middleMm)
    const { right, down, normal } = axes
    Quaternion.RotationQuaternionFromAxisToRef(
      new Vector3(...right),
      new Vector3(...scale(down, -1)),
      new Vector3(...scale(normal, -1)),
      this.#turn,
    )
    this.#mesh.scaling.set(slicePx.width * mmPerPx, slicePx.height * mmPerPx, 1)
    this.#mesh.setEnabled(true)
  }

  dispose(): void {
    this.#mesh.dispose()
    this.#material.dispose()
    this.#picture.texture.dispose()
  }

  /** The part of the picture that is shown, from its top left: a texture's v goes up. */
  #crop(across: number, along: number): void {
    const low = 1 - along
    this.#mesh.setVerticesData(VertexBuffer.UVKind, [0, low, across, low, across, 1, 0, 1])
  }
}

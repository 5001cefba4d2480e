import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js'
import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { VolumeLabel } from '../../../shared/volume/manifest.ts'
import type { SegmentSurface } from '../../../shared/volume/surface-label.ts'
import type { SegmentPaint, SegmentPass } from './segment-material.ts'

/**
 * One segment on the GPU: the same surface once for each pass. None of it is drawn with the scene:
 * cameras do not see the layer that it is on, a `SegmentPicture` names it.
 */
export class SegmentBody {
  readonly volumeId: string
  readonly label: VolumeLabel
  readonly surface: SegmentSurface
  readonly meshes: Readonly<Record<SegmentPass, Mesh>>
  readonly movedMm = Vector3.Zero()
  opacity = 1
  /** 1…255, its own among the first 255 that are drawn together. */
  number = 1

  constructor(
    scene: Scene,
    root: TransformNode,
    { volumeId, label, surface }: Pick<SegmentBody, 'label' | 'surface' | 'volumeId'>,
  ) {
    this.volumeId = volumeId
    this.label = label
    this.surface = surface
    const data = new VertexData()
    data.positions = surface.positions
    data.normals = surface.normals
    data.indices = surface.indices
    const mesh = new Mesh(`segment ${volumeId}/${label.labelId}`, scene)
    data.applyToMesh(mesh)
    const pass = (name: string) => mesh.clone(`${mesh.name} ${name}`, root)
    this.meshes = { parity: pass('parity'), surface: mesh, lid: pass('lid') }
    for (const each of Object.values(this.meshes)) {
      each.parent = root
      each.layerMask = 0
      each.isPickable = false
    }
  }

  get paint(): SegmentPaint {
    const { label, opacity, movedMm, number } = this
    return { colour: label.colour, opacity, movedMm, number }
  }

  moveTo(movedMm: Vec3): void {
    this.movedMm.set(...movedMm)
    for (const mesh of Object.values(this.meshes)) mesh.position.copyFrom(this.movedMm)
  }

  dispose(): void {
    for (const mesh of Object.values(this.meshes)) mesh.dispose()
  }
}

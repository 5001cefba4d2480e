import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import {
  invert,
  type Transform,
  transform,
  transformPoint,
  transformVector,
  type Vec3,
} from '../../shared/geometry/transform.ts'
import { normalize } from '../../shared/geometry/vector.ts'
import {
  centreOfBox,
  openingPose,
  type VolumePose,
  worldFromPatient,
} from '../../shared/geometry/volume-pose.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { placeInWorld } from '../volume/index.ts'
import type { Ray } from './own-camera.ts'

/** Where the shown volume's patient is in the room; `node`'s local space is patient mm. */
export class PatientSpace {
  readonly node: TransformNode
  #corners: readonly Vec3[] = []
  #centre: Vec3 = [0, 0, 0]
  #pose = openingPose
  #worldFromPatient: Transform<'world', 'patient'> = worldFromPatient(openingPose, [0, 0, 0])
  #patientFromWorld = invert(this.#worldFromPatient)

  constructor(scene: Scene) {
    this.node = new TransformNode('patient space', scene)
  }

  /** The eight corners of the shown volume's box, patient mm; none where none is shown. */
  get corners(): readonly Vec3[] {
    return this.#corners
  }

  get centreMm(): Vec3 {
    return this.#centre
  }

  get pose(): VolumePose {
    return this.#pose
  }

  get worldFromPatient(): Transform<'world', 'patient'> {
    return this.#worldFromPatient
  }

  /** Without a volume there is no box: `corners` is empty, and the room stays as it was. */
  setVolume(manifest: Pick<VolumeManifest, 'patientFromVoxel' | 'dims'> | undefined): void {
    if (!manifest) {
      this.#corners = []
      return
    }
    const affine = transform<'patient', 'voxel'>(manifest.patientFromVoxel)
    this.#corners = boxCorners(affine, manifest.dims)
    this.#centre = centreOfBox(affine, manifest.dims)
    this.setPose(this.#pose)
  }

  setPose(pose: VolumePose): void {
    this.#pose = pose
    this.#worldFromPatient = worldFromPatient(pose, this.#centre)
    this.#patientFromWorld = invert(this.#worldFromPatient)
    placeInWorld(this.node, this.#worldFromPatient)
  }

  toWorld(pointMm: Vec3): Vec3 {
    return transformPoint(this.#worldFromPatient, pointMm)
  }

  toPatient(world: Vec3): Vec3 {
    return transformPoint(this.#patientFromWorld, world)
  }

  /** A direction of the room as a unit direction in the patient. */
  directionToPatient(world: Vec3): Vec3 {
    return normalize(transformVector(this.#patientFromWorld, world))
  }

  rayToPatient({ origin, direction }: Ray): Ray {
    return { origin: this.toPatient(origin), direction: this.directionToPatient(direction) }
  }
}

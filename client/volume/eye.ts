import { Camera } from '@babylonjs/core/Cameras/camera.js'
import { Matrix, Vector3 } from '@babylonjs/core/Maths/math.vector.js'

/** The camera as the volume sees it: patient mm, `forward` of unit length. */
export interface Eye {
  readonly positionMm: Vector3
  readonly forward: Vector3
  readonly perspective: boolean
  readonly nearMm: number
}

/** `worldFromPatient` is the box's world matrix; its scale is the same along every axis. */
export function eyeOf(camera: Camera, worldFromPatient: Matrix): Eye {
  const worldFromCamera = Matrix.Invert(camera.getViewMatrix())
  const patientFromWorld = Matrix.Invert(worldFromPatient)
  const positionMm = Vector3.TransformCoordinates(
    worldFromCamera.getTranslation(),
    patientFromWorld,
  )
  // A right-handed camera looks along its −z.
  const backWorld = Vector3.TransformNormal(new Vector3(0, 0, 1), worldFromCamera)
  const back = Vector3.TransformNormal(backWorld, patientFromWorld)
  const mmPerUnit = back.length()
  return {
    positionMm,
    forward: back.scale(-1 / mmPerUnit),
    perspective: camera.mode === Camera.PERSPECTIVE_CAMERA,
    nearMm: camera.minZ * mmPerUnit,
  }
}

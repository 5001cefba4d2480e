import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.js'
import { Engine } from '@babylonjs/core/Engines/engine.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { Scene } from '@babylonjs/core/scene.js'
import { type OwnCamera, verticalFieldOfView } from './own-camera.ts'

/** LOOK.md's ground, #0b0d10. */
const ground = new Color4(0x0b / 255, 0x0d / 255, 0x10 / 255, 1)

/** This page cannot draw volumes at all; the message says what to do. */
export class NoGraphicsError extends Error {
  override readonly name = 'NoGraphicsError'
}

const noWebGL2 =
  'This browser offers no WebGL2, so the volume cannot be drawn here. ' +
  'Turn on hardware acceleration in its settings, or use another browser.'

/** The one place where handedness is set: WebXR and LPS are right-handed, Babylon is not by default. */
export function openScene(canvas: HTMLCanvasElement): { engine: Engine; scene: Scene } {
  const engine = openEngine(canvas)
  const scene = new Scene(engine)
  scene.useRightHandedSystem = true
  scene.clearColor = ground
  scene.skipPointerMovePicking = true
  scene.detachControl()
  return { engine, scene }
}

/** Babylon gives a lost context back only where it was given the canvas, not a context of it. */
function openEngine(canvas: HTMLCanvasElement): Engine {
  let engine: Engine
  try {
    engine = new Engine(canvas, true, { antialias: true, alpha: false, stencil: false })
  } catch (cause) {
    throw new NoGraphicsError(noWebGL2, { cause })
  }
  if (engine.webGLVersion >= 2) return engine
  engine.dispose()
  throw new NoGraphicsError(noWebGL2)
}

/** The Babylon camera that looks as a page's own camera says. */
export function cameraOf(own: OwnCamera, scene: Scene): TargetCamera {
  const camera = new TargetCamera('own', Vector3.Zero(), scene)
  camera.fov = verticalFieldOfView
  camera.minZ = 0.01
  camera.maxZ = 50
  const follow = () => {
    camera.position.set(...own.eye)
    camera.setTarget(new Vector3(...own.target))
  }
  own.onChange(follow)
  follow()
  return camera
}

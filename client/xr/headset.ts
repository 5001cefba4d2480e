import { WebXRCamera } from '@babylonjs/core/XR/webXRCamera.js'
import { WebXRSessionManager } from '@babylonjs/core/XR/webXRSessionManager.js'
import { budgetAt } from './frame-pace.ts'
import type { ImmersionParts } from './immersion.ts'
import { floorSpace } from './place/floor-space.ts'
import { sessionInit, sessionMode } from './session-init.ts'
import { XrRoom, type XrRoomParts } from './xr-room.ts'

/** A running session. */
export interface Headset {
  readonly open: boolean
  /** Resolves once the page is as it was. */
  leave(): Promise<void>
  /** The page is going: at once, without a word. */
  dispose(): void
}

/** Hands come close to the eyes. */
const nearM = 0.02
const farM = 100
/** Steady before fast: a volume is dear to draw. */
const wantedFrameRates = [72, 90]

/**
 * Opens a session and the room within it. Rejects with what the browser refused it with; nothing of
 * it is left then. `onEnd` comes once, however it ended.
 */
export async function enterHeadset(
  parts: ImmersionParts & { readonly onEnd: () => void },
): Promise<Headset> {
  const { scene } = parts.host
  const manager = new WebXRSessionManager(scene)
  await manager.initializeAsync()
  const session = await manager.initializeSessionAsync(sessionMode, sessionInit())
  try {
    const floor = await floorSpace(session)
    manager.baseReferenceSpace = manager.referenceSpace = floor.space
    manager.viewerReferenceSpace = await session.requestReferenceSpace('viewer')
    const layer = await layerOf(session, manager)
    manager.updateRenderState({ baseLayer: layer, depthNear: nearM, depthFar: farM })
    return new OpenHeadset({ ...parts, manager, floor, layer })
  } catch (error) {
    await manager.exitXRAsync()
    manager.dispose()
    throw error
  }
}

async function layerOf(session: XRSession, manager: WebXRSessionManager): Promise<XRWebGLLayer> {
  const gl = manager.scene.getEngine().getRenderingCanvas()?.getContext('webgl2')
  if (!gl) throw new Error('the scene has no WebGL2 to lend to a headset')
  // where it cannot be made so, the layer refuses; an emulated device takes it as it is
  await Promise.allSettled([gl.makeXRCompatible()])
  return new XRWebGLLayer(session, gl, { antialias: true, alpha: false, stencil: false })
}

class OpenHeadset implements Headset {
  readonly #manager: WebXRSessionManager
  readonly #camera: WebXRCamera
  readonly #room: XrRoom
  readonly #close: () => void
  #open = true

  constructor(parts: Omit<XrRoomParts, 'camera' | 'leave'> & { readonly onEnd: () => void }) {
    const { host, manager, onEnd } = parts
    const { scene } = host
    this.#manager = manager
    const flat = scene.activeCamera
    const camera = new WebXRCamera('headset', scene, manager)
    this.#camera = camera
    camera.compensateOnFirstFrame = false
    camera.minZ = nearM
    camera.maxZ = farM
    scene.activeCamera = camera
    this.#room = new XrRoom({ ...parts, camera, leave: () => void this.leave() })
    this.#close = () => {
      this.#room.dispose()
      for (const eye of camera.rigCameras) eye.outputRenderTarget = null
      scene.activeCameras = null
      scene.activeCamera = flat
      camera.dispose()
      onEnd()
    }
    manager.onXRFrameObservable.add((xrFrame) => this.#frame(xrFrame))
    manager.onXRSessionEnded.addOnce(() => this.#end())
    const { session } = manager
    const follow = () => {
      // a display that does not say its rate keeps the volume's own budget
      if (session.frameRate) host.setFrameBudget(budgetAt(session.frameRate))
    }
    session.addEventListener('frameratechange', follow)
    follow()
    void steady(session)
    manager.runXRRenderLoop()
  }

  get open(): boolean {
    return this.#open
  }

  async leave(): Promise<void> {
    await this.#manager.exitXRAsync()
    this.#end()
  }

  dispose(): void {
    this.#end()
    void this.#manager.exitXRAsync() // the page does not wait for it
  }

  #frame(xrFrame: XRFrame): void {
    // the volume is cut off where these say, whatever the headset's own projection
    for (const eye of this.#camera.rigCameras) eye.minZ = nearM
    this.#room.frame(xrFrame)
  }

  #end(): void {
    if (!this.#open) return
    this.#open = false
    this.#close()
  }
}

/** The lowest of the rates that are worth wearing; a headset that does not say keeps its own. */
async function steady(session: XRSession): Promise<void> {
  const rates = [...(session.supportedFrameRates ?? [])]
  const rate = wantedFrameRates.find((wanted) => rates.includes(wanted))
  if (rate === undefined || session.frameRate === rate) return
  await Promise.allSettled([session.updateTargetFrameRate(rate)])
}

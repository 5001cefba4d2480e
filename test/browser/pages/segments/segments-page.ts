import { Camera } from '@babylonjs/core/Cameras/camera.js'
import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.js'
import { Engine } from '@babylonjs/core/Engines/engine.js'
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import type { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { VertexData } from '@babylonjs/core/Meshes/mesh.vertexData.js'
import { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import { Scene } from '@babylonjs/core/scene.js'
import { placeInWorld } from '../../../../client/volume/index.ts'
import {
  SegmentLayer,
  type SegmentsLook,
} from '../../../../client/volume/segments/segment-layer.ts'
import { segmentReading } from '../../../../client/volume/segments/segment-shaders.ts'
import { transform, type Vec3 } from '../../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../../shared/volume/manifest.ts'
import type { View } from '../volume/bench-page.ts'

/** A label map as a test sends it: base64 of its voxels; undefined where it cannot be had. */
export type SentLabels = Readonly<Record<string, string | undefined>>

/** What is laid on the canvas: the picture, or mm of a layer in 24 bits of 1/256. */
export type Laid = 'picture' | 'front' | 'behind'

const fragment = /* glsl */ `#version 300 es
precision highp float;
precision highp sampler2D;
out vec4 laid;
uniform vec2 canvas;
uniform float what;
${segmentReading}
void main() {
  readSegments(gl_FragCoord.xy / canvas);
  if (what > 0.5) {
    if (what > 1.5) takeSegment();
    float steps = nextSegmentMm() < 1e8 ? floor(nextSegmentMm() * 256.0 + 0.5) : 0.0;
    laid = vec4(mod(steps, 256.0), mod(floor(steps / 256.0), 256.0), floor(steps / 65536.0), 255.0) / 255.0;
    return;
  }
  vec3 gathered = vec3(0.0);
  float through = 1.0;
  for (int n = 0; n < 2; n++) {
    if (nextSegmentMm() > 1e8) break;
    vec4 segment = takeSegment();
    gathered += through * segment.rgb;
    through *= 1.0 - segment.a;
  }
  laid = vec4(gathered, 1.0);
}
`
const vertex = /* glsl */ `#version 300 es
in vec3 position;
void main() { gl_Position = vec4(position.xy, 0.0, 1.0); }
`

/** What tests drive: the segments of one volume, laid on the canvas as the volume's shader reads them. */
class SegmentBench {
  readonly #engine = new Engine(document.querySelector('canvas'), false, {
    preserveDrawingBuffer: true,
  })
  #scene = this.#open()
  #layer: SegmentLayer | undefined
  #quad: ShaderMaterial | undefined
  changes = 0
  /** Render target passes of the last frame. */
  passes = 0

  #open(): Scene {
    const scene = new Scene(this.#engine)
    scene.useRightHandedSystem = true
    scene.clearColor = new Color4(0, 0, 0, 1)
    return scene
  }

  load(manifest: VolumeManifest, sent: SentLabels): void {
    this.#layer?.dispose()
    this.#scene.dispose()
    this.#scene = this.#open()
    const root = new TransformNode('patient', this.#scene)
    const metres = [0.001, 0, 0, 0, 0, 0, 0.001, 0, 0, -0.001, 0, 0, 0, 0, 0, 1]
    placeInWorld(root, transform(metres))
    this.#quad = quadOver(this.#scene)
    const { dims, patientFromVoxel } = manifest
    this.#layer = new SegmentLayer({
      scene: this.#scene,
      root,
      volumes: [manifest],
      voxelsOf: () => ({
        label: async (labelId) => {
          const base64 = sent[labelId]
          if (base64 === undefined) throw new Error('The server does not answer.')
          const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
          return { labelId, dims, patientFromVoxel, data }
        },
      }),
      onChange: () => {
        this.changes++
      },
      lighting: { ambient: 0.5, diffuse: 0.5, specular: 0 },
    })
  }

  get layer(): SegmentLayer {
    if (!this.#layer) throw new Error('no volume was loaded')
    return this.#layer
  }

  show(look: Partial<SegmentsLook>): void {
    this.layer.show({ segments: [], explode: 0, planes: [], cropBox: undefined, ...look })
  }

  states(): Record<string, string> {
    return Object.fromEntries(
      [...this.layer.states].map(([key, s]) => [key, s.state === 'failed' ? s.message : s.state]),
    )
  }

  hits(origin: Vec3, directions: readonly Vec3[]) {
    return directions.map((direction) => this.layer.firstHit(origin, direction))
  }

  async draw(view: View, size: number, laid: Laid) {
    this.#engine.setSize(size, size)
    const camera = this.#look(view)
    await this.#scene.whenReadyAsync()
    this.#engine.beginFrame()
    this.passes = 0
    const before = this.#scene.onBeforeCameraRenderObservable.add(() => {
      this.#lay(camera, size, laid)
      this.passes = camera.customRenderTargets.length
    })
    this.#scene.render()
    this.#scene.onBeforeCameraRenderObservable.remove(before)
    this.#engine.endFrame()
    const upward = new Uint8Array(
      (await this.#engine.readPixels(0, 0, size, size)).buffer as ArrayBuffer,
    )
    const downward = new Uint8Array(upward.length)
    for (let y = 0; y < size; y++) {
      downward.set(upward.subarray(4 * size * (size - 1 - y), 4 * size * (size - y)), 4 * size * y)
    }
    let text = ''
    for (let at = 0; at < downward.length; at += 8192) {
      text += String.fromCharCode(...downward.subarray(at, at + 8192))
    }
    return { width: size, height: size, base64: btoa(text) }
  }

  #lay(camera: Camera, size: number, laid: Laid): void {
    const quad = this.#quad
    const textures = this.layer.picture.update(camera, { width: size, height: size })
    if (!quad) return
    quad.setFloat('segmentLayers', textures?.layers ?? 0)
    quad.setVector2('canvas', { x: size, y: size })
    quad.setFloat('what', ['picture', 'front', 'behind'].indexOf(laid))
    const set = (name: string, texture: Texture | undefined) => {
      if (texture) quad.setTexture(name, texture)
    }
    set('segmentColour', textures?.colour)
    set('segmentDistance', textures?.distance)
    set('segmentColourBehind', textures?.colourBehind)
    set('segmentDistanceBehind', textures?.distanceBehind)
    // What is read belongs to the picture, which may make it anew before the next frame.
    this.#scene.onAfterRenderObservable.addOnce(() => {
      for (const name of samplers) quad.removeTexture(name)
    })
  }

  #look({ eye, target, up, heightM }: View): Camera {
    const camera = (this.#scene.activeCamera ??
      new TargetCamera('eye', Vector3.Zero(), this.#scene)) as TargetCamera
    camera.position = new Vector3(...eye)
    camera.upVector = new Vector3(...up)
    camera.setTarget(new Vector3(...target))
    camera.minZ = 0.01
    camera.maxZ = 20
    camera.mode = heightM ? Camera.ORTHOGRAPHIC_CAMERA : Camera.PERSPECTIVE_CAMERA
    const half = (heightM ?? 0) / 2
    camera.orthoLeft = camera.orthoBottom = -half
    camera.orthoRight = camera.orthoTop = half
    return camera
  }

  async loseContext(): Promise<void> {
    const extension = this.#engine._gl.getExtension('WEBGL_lose_context')
    const restored = new Promise<void>((resolve) => {
      this.#engine.onContextRestoredObservable.addOnce(() => resolve())
    })
    const lost = new Promise<void>((resolve) => {
      this.#engine.onContextLostObservable.addOnce(() => resolve())
    })
    extension?.loseContext()
    await lost
    // A context can be restored once the event of its loss has run its course.
    await new Promise<void>((resolve) => setTimeout(resolve))
    extension?.restoreContext()
    await restored
  }
}

const samplers = [
  'segmentColour',
  'segmentDistance',
  'segmentColourBehind',
  'segmentDistanceBehind',
]

function quadOver(scene: Scene): ShaderMaterial {
  const quad = new Mesh('quad', scene)
  const data = new VertexData()
  data.positions = [-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]
  data.indices = [0, 1, 2, 0, 2, 3]
  data.applyToMesh(quad)
  quad.alwaysSelectAsActiveMesh = true
  const material = new ShaderMaterial(
    'quad',
    scene,
    { vertexSource: vertex, fragmentSource: fragment },
    {
      attributes: ['position'],
      uniforms: ['canvas', 'what', 'segmentLayers'],
      samplers,
    },
  )
  material.backFaceCulling = false
  quad.material = material
  return material
}

export type { SegmentBench }

const segments = new SegmentBench()
// `openVolumePage` waits for `bench`.
Object.assign(window, { segments, bench: segments })

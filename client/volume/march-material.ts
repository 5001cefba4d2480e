import { Constants } from '@babylonjs/core/Engines/constants.js'
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import { Vector3, Vector4 } from '@babylonjs/core/Maths/math.vector.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Transform, Vec3 } from '../../shared/geometry/transform.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import type { ClippingPlane } from '../../shared/volume/sampling.ts'
import { babylonMatrix } from './babylon-matrix.ts'
import type { BrickTexture } from './brick-texture.ts'
import { eyeOf } from './eye.ts'
import type { SegmentTextures } from './segments/segment-picture.ts'
import { boxVertex } from './shaders/box-vertex.ts'
import { marchFragment } from './shaders/march-fragment.ts'
import type { TransferTexture } from './transfer-texture.ts'
import { texelFromPatient, type VolumeFrame } from './volume-level.ts'
import type { VolumeTexture } from './volume-texture.ts'

/** What a pixel says: the picture, or a measurement of how it came about. */
export type Probe = 'picture' | 'fetches' | 'depth'

export interface Lighting {
  readonly ambient: number
  readonly diffuse: number
  /** A gloss on surfaces; 0 for none. */
  readonly specular?: number
}

export const maxPlanes = 6

const segmentTextures = [
  'segmentColour',
  'segmentDistance',
  'segmentColourBehind',
  'segmentDistanceBehind',
] as const

const modeDefines = [
  ['MIP', 'mip'],
  ['MINIP', 'minip'],
  ['ISOSURFACE', 'isosurface'],
] as const

const uniforms = [
  'worldViewProjection',
  'eyeMm',
  'forward',
  'perspective',
  'nearMm',
  'boxFromPatient',
  'boxDims',
  'texelFromPatient',
  'texelDims',
  'brickDims',
  'heldLow',
  'heldHigh',
  'transferAxis',
  'valueAxis',
  'coloured',
  'planes',
  'planeCount',
  'share',
  'segmentArea',
  'segmentLayers',
  'cropLowMm',
  'cropHighMm',
  'stepTexels',
  'ambient',
  'diffuse',
  'specular',
  'surfaceness',
]

/** The ray-marcher's shader and its uniforms. It owns no texture. */
export class MarchMaterial {
  readonly material: ShaderMaterial
  readonly #scene: Scene
  #bricks: BrickTexture | undefined

  constructor(
    scene: Scene,
    { skipping, probe, plain }: { skipping: boolean; probe: Probe; plain: boolean },
  ) {
    this.#scene = scene
    const defines = [
      ...(skipping && !plain ? ['#define SKIPPING'] : []),
      ...(plain ? ['#define PLAIN'] : []),
      ...(probe === 'fetches' ? ['#define PROBE_FETCHES'] : []),
      ...(probe === 'depth' ? ['#define PROBE_DEPTH'] : []),
    ]
    this.material = new ShaderMaterial(
      'volume march',
      scene,
      { vertexSource: boxVertex, fragmentSource: marchFragment },
      {
        attributes: ['position'],
        uniforms,
        samplers: ['voxels', 'bricks', 'transfer', ...segmentTextures],
        defines,
        needAlphaBlending: probe === 'picture',
      },
    )
    this.material.alphaMode = Constants.ALPHA_PREMULTIPLIED
    // The far side of the box, so that it is there when the eye is inside as well.
    this.material.backFaceCulling = true
    this.material.cullBackFaces = false
    this.material.disableDepthWrite = true
    this.material.onBindObservable.add((mesh) => {
      const camera = this.#scene.activeCamera
      const effect = this.material.getEffect()
      if (!camera || !effect) return
      const eye = eyeOf(camera, mesh.getWorldMatrix())
      effect.setVector3('eyeMm', eye.positionMm)
      effect.setVector3('forward', eye.forward)
      effect.setFloat('perspective', eye.perspective ? 1 : 0)
      effect.setFloat('nearMm', eye.nearMm)
      if (!this.#bricks) return
      effect.setVector3('heldLow', vector(this.#bricks.held.low))
      effect.setVector3('heldHigh', vector(this.#bricks.held.high))
    })
    this.setPlanes([])
    this.setCropBox(undefined)
    this.setShare(1)
  }

  setFrame({ dims, patientFromVoxel }: VolumeFrame): void {
    this.material.setMatrix('boxFromPatient', babylonMatrix(texelFromPatient(patientFromVoxel)))
    this.material.setVector3('boxDims', vector(dims))
  }

  setLevel(
    texture: VolumeTexture,
    bricks: BrickTexture,
    dims: Vec3,
    patientFromVoxel: Transform<'patient', 'voxel'>,
  ): void {
    this.#bricks = bricks
    this.material.setTexture('voxels', texture.texture)
    this.material.setTexture('bricks', bricks.texture)
    this.material.setMatrix('texelFromPatient', babylonMatrix(texelFromPatient(patientFromVoxel)))
    this.material.setVector3('texelDims', vector(dims))
    this.material.setVector3('brickDims', vector(bricks.dims))
  }

  /** `surfaceTexels`: the difference between neighbouring texels that makes a surface. */
  setTransfer(
    texture: TransferTexture,
    axis: { scale: number; offset: number },
    lowestTexel: number,
    surfaceTexels: number,
  ): void {
    this.material.setTexture('transfer', texture.texture)
    this.material.setVector3('transferAxis', new Vector3(axis.scale, axis.offset, lowestTexel))
    this.material.setFloat('surfaceness', 1 / surfaceTexels)
  }

  setPlanes(planes: readonly ClippingPlane[]): void {
    const flat = planes.flatMap(({ normal, offsetMm }) => [...normal, offsetMm])
    while (flat.length < 4 * maxPlanes) flat.push(0)
    this.material.setArray4('planes', flat)
    this.material.setInt('planeCount', planes.length)
  }

  /** Compiles anew where the mode or the presence of segments changes. */
  setRenderMode(mode: RenderMode, coloured: boolean): void {
    this.material.setFloat('coloured', coloured ? 1 : 0)
    for (const [name, of] of modeDefines) this.material.setDefine(name, mode === of)
  }

  /** `grey = texel · scale + offset` over the window; `isoTexel` is where an isosurface lies. */
  setValueAxis(grey: { scale: number; offset: number }, isoTexel: number): void {
    this.material.setVector3('valueAxis', new Vector3(grey.scale, grey.offset, isoTexel))
  }

  /** Before a camera draws: the segments as it sees them, over `area` of its target, in pixels. */
  setSegments(
    textures: SegmentTextures | undefined,
    { x, y, width, height }: { x: number; y: number; width: number; height: number },
  ): void {
    this.material.setDefine('SEGMENTS', textures !== undefined)
    if (!textures) {
      // One that has been disposed of would keep the material from being ready.
      for (const name of segmentTextures) this.material.removeTexture(name)
      return
    }
    this.material.setTexture('segmentColour', textures.colour)
    this.material.setTexture('segmentDistance', textures.distance)
    this.material.setTexture('segmentColourBehind', textures.colourBehind)
    this.material.setTexture('segmentDistanceBehind', textures.distanceBehind)
    this.material.setFloat('segmentLayers', textures.layers)
    this.material.setVector4('segmentArea', new Vector4(x, y, width, height))
  }

  /** The volume's share of the picture; one that is `added` to another's hides nothing of it. */
  setShare(share: number, added = false): void {
    this.material.setVector4('share', new Vector4(share, share, share, added ? 0 : share))
  }

  /** Patient mm; undefined: nothing is cut away. */
  setCropBox(box: { minMm: Vec3; maxMm: Vec3 } | undefined): void {
    this.material.setVector3('cropLowMm', vector(box?.minMm ?? [-1e7, -1e7, -1e7]))
    this.material.setVector3('cropHighMm', vector(box?.maxMm ?? [1e7, 1e7, 1e7]))
  }

  setStep(texels: number): void {
    this.material.setFloat('stepTexels', texels)
  }

  setLighting({ ambient, diffuse, specular = 0 }: Lighting): void {
    this.material.setFloat('ambient', ambient)
    this.material.setFloat('diffuse', diffuse)
    this.material.setFloat('specular', specular)
  }

  dispose(): void {
    this.material.dispose()
  }
}

const vector = ([x, y, z]: Vec3) => new Vector3(x, y, z)

import { Constants } from '@babylonjs/core/Engines/constants.js'
import type { Material } from '@babylonjs/core/Materials/material.js'
import { ShaderMaterial } from '@babylonjs/core/Materials/shaderMaterial.js'
import type { BaseTexture } from '@babylonjs/core/Materials/Textures/baseTexture.js'
import { Color4 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import type { AbstractMesh } from '@babylonjs/core/Meshes/abstractMesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { ClippingPlane } from '../../../shared/volume/sampling.ts'
import { eyeOf } from '../eye.ts'
import type { Lighting } from '../march-material.ts'
import { mostCuts } from './kept-space.ts'
import { segmentFragment, segmentVertex } from './segment-shaders.ts'

export type SegmentPass = 'surface' | 'parity' | 'lid'

/** What one segment is drawn with. */
export interface SegmentPaint {
  /** sRGB, 0…255. */
  readonly colour: readonly [number, number, number]
  readonly opacity: number
  readonly movedMm: Vector3
  /** 1…255, its own among those drawn together. */
  readonly number: number
}

const defines = { surface: 'SURFACE', parity: 'PARITY', lid: 'LID' }

/** One pass over segments; all segments share it. It owns no texture. */
export class SegmentMaterial {
  readonly material: ShaderMaterial

  constructor(
    scene: Scene,
    pass: SegmentPass,
    behind: boolean,
    paintOf: (mesh: AbstractMesh) => SegmentPaint | undefined,
  ) {
    this.material = new ShaderMaterial(
      `segment ${pass}${behind ? ' behind' : ''}`,
      scene,
      { vertexSource: segmentVertex, fragmentSource: segmentFragment },
      {
        attributes: ['position', 'normal'],
        uniforms: [
          'worldViewProjection',
          'eyeMm',
          'forward',
          'perspective',
          'nearMm',
          'movedMm',
          'segment',
          'segmentNumber',
          'cuts',
          'cutCount',
          'lighting',
        ],
        samplers: behind ? ['foremost'] : [],
        defines: [`#define ${defines[pass]}`, ...(behind ? ['#define BEHIND'] : [])],
        needAlphaBlending: false,
      },
    )
    const { material } = this
    material.backFaceCulling = false
    if (pass === 'parity') countCrossings(material)
    if (pass === 'lid') drawWhereOdd(material)
    this.setCuts([])
    material.onBindObservable.add((mesh) => {
      const camera = scene.activeCamera
      const effect = material.getEffect()
      const paint = paintOf(mesh)
      if (!camera || !effect || !paint) return
      const eye = eyeOf(camera, (mesh.parent ?? mesh).getWorldMatrix())
      effect.setVector3('eyeMm', eye.positionMm)
      effect.setVector3('forward', eye.forward)
      effect.setFloat('perspective', eye.perspective ? 1 : 0)
      effect.setFloat('nearMm', eye.nearMm)
      const [r, g, b] = paint.colour
      effect.setDirectColor4('segment', new Color4(r / 255, g / 255, b / 255, paint.opacity))
      effect.setFloat('segmentNumber', paint.number)
      effect.setVector3('movedMm', paint.movedMm)
    })
  }

  setForemost(texture: BaseTexture): void {
    this.material.setTexture('foremost', texture)
  }

  setCuts(cuts: readonly ClippingPlane[]): void {
    const flat = cuts.flatMap(({ normal, offsetMm }) => [...normal, offsetMm])
    while (flat.length < 4 * mostCuts) flat.push(0)
    this.material.setArray4('cuts', flat)
    this.material.setInt('cutCount', cuts.length)
  }

  setLighting({ ambient, diffuse, specular = 0 }: Lighting): void {
    this.material.setVector3('lighting', new Vector3(ambient, diffuse, specular))
  }

  dispose(): void {
    this.material.dispose()
  }
}

function countCrossings(material: Material): void {
  material.disableColorWrite = true
  material.disableDepthWrite = true
  material.depthFunction = Constants.ALWAYS
  const { stencil } = material
  stencil.enabled = true
  stencil.mask = 1
  stencil.func = stencil.backFunc = Constants.ALWAYS
  stencil.opStencilDepthPass = stencil.backOpStencilDepthPass = Constants.INVERT
}

/** The first to draw takes the mark away, so that the next segment begins without. */
function drawWhereOdd(material: Material): void {
  const { stencil } = material
  stencil.enabled = true
  stencil.mask = 1
  stencil.func = stencil.backFunc = Constants.EQUAL
  stencil.funcRef = 1
  stencil.funcMask = 1
  stencil.opStencilDepthPass = stencil.backOpStencilDepthPass = Constants.ZERO
  stencil.opDepthFail = stencil.backOpDepthFail = Constants.ZERO
}

import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { DynamicTexture } from '@babylonjs/core/Materials/Textures/dynamicTexture.js'
import { Texture } from '@babylonjs/core/Materials/Textures/texture.js'
import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import type { Scene } from '@babylonjs/core/scene.js'

export type Canvas2d = CanvasRenderingContext2D

/** A canvas for the graphics: `draw` is called with it cleared, and again whenever it is wanted. */
export function picture(
  name: string,
  scene: Scene,
  size: { width: number; height: number },
  draw: (context: Canvas2d) => void,
): { readonly texture: DynamicTexture; redraw(): void } {
  const texture = new DynamicTexture(name, size, scene, true, Texture.TRILINEAR_SAMPLINGMODE)
  texture.hasAlpha = true
  texture.wrapU = texture.wrapV = Texture.CLAMP_ADDRESSMODE
  texture.anisotropicFilteringLevel = 4
  const redraw = () => {
    const context = texture.getContext() as Canvas2d
    context.clearRect(0, 0, size.width, size.height)
    context.textBaseline = 'alphabetic'
    draw(context)
    texture.update()
  }
  redraw()
  return { texture, redraw }
}

/** Shows a picture in its own colours, whatever the light. Its texture is not disposed with it. */
export function pictureMaterial(
  name: string,
  scene: Scene,
  texture: DynamicTexture,
): StandardMaterial {
  const material = new StandardMaterial(name, scene)
  material.disableLighting = true
  material.emissiveColor = Color3.White()
  material.diffuseTexture = texture
  material.useAlphaFromDiffuseTexture = true
  material.backFaceCulling = false
  return material
}

export function roundedBox(
  context: Canvas2d,
  box: { x: number; y: number; width: number; height: number },
  radius: number,
): void {
  context.beginPath()
  context.roundRect(box.x, box.y, box.width, box.height, radius)
}

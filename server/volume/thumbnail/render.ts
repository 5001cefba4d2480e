import { marcher } from './marcher.ts'
import { pointOf, preview } from './preview.ts'
import type { ThumbnailScene } from './scene.ts'

/** Pixels along an edge of a thumbnail. */
export const thumbnailSize = 320
const ground = [0x0b, 0x0d, 0x10] as const

/**
 * Rows [from, to) of the patient from the front, head up, the patient's left on the viewer's right:
 * orthographic, along +y of patient space, front to back. RGB, 3 bytes a pixel.
 */
export function renderRows(
  scene: ThumbnailScene,
  from: number,
  to: number,
): Uint8Array<ArrayBuffer> {
  const size = thumbnailSize
  const rays = marcher(scene)
  const { frame, stepsAt } = preview(scene, rays)
  const rgb = new Uint8Array((to - from) * size * 3)
  for (let row = from; row < to; row++) {
    for (let column = 0; column < size; column++) {
      const [x, z] = pointOf(frame, column, row, size)
      const { red, green, blue, alpha } = rays.march(x, z, ...stepsAt(x, z))
      const at = ((row - from) * size + column) * 3
      rgb[at] = Math.min(255, red * 255 + (1 - alpha) * ground[0])
      rgb[at + 1] = Math.min(255, green * 255 + (1 - alpha) * ground[1])
      rgb[at + 2] = Math.min(255, blue * 255 + (1 - alpha) * ground[2])
    }
  }
  return rgb
}

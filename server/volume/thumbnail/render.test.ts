import { describe, expect, it } from 'vitest'
import { voxelsOver } from '../voxels.ts'
import { renderRows, thumbnailSize } from './render.ts'
import type { ThumbnailScene } from './scene.ts'

const dims = [24, 20, 30] as const

/** A soft box of tissue with one ball of bone in it, at the given patient position (mm). */
function phantom(
  patientFromVoxel: number[],
  size: readonly [number, number, number],
  ball: number[],
) {
  const voxels = new SharedArrayBuffer(size[0] * size[1] * size[2] * 2)
  const values = voxelsOver(voxels, 'int16').fill(-1000)
  const m = patientFromVoxel as [number, ...number[]]
  for (let k = 0; k < size[2]; k++)
    for (let j = 0; j < size[1]; j++)
      for (let i = 0; i < size[0]; i++) {
        const at = (row: number) =>
          (m[4 * row] as number) * i +
          (m[4 * row + 1] as number) * j +
          (m[4 * row + 2] as number) * k +
          (m[4 * row + 3] as number)
        const point = [at(0), at(1), at(2)]
        const far = Math.hypot(...point.map((value, axis) => value - (ball[axis] as number)))
        const inside = Math.max(...point.map(Math.abs)) < 40
        values[(k * size[1] + j) * size[0] + i] = far < 12 ? 1200 : inside ? 40 : -1000
      }
  const window = { windowCenter: 40, windowWidth: 400 }
  return { voxels, type: 'int16', dims: size, patientFromVoxel, unit: 'HU', window } as const
}

/** Where the picture is brightest, as fractions of its width and height from the top left. */
function brightest(rgb: Uint8Array) {
  const [width, height] = [thumbnailSize, thumbnailSize]
  let [x, y, weight] = [0, 0, 0]
  for (let n = 0; n < width * height; n++) {
    const blue = rgb[3 * n + 2] as number
    if (blue < 150) continue
    x += n % width
    y += Math.floor(n / width)
    weight += 1
  }
  return { x: x / weight / width, y: y / weight / height, weight }
}

const wholeOf = (scene: ThumbnailScene) => renderRows(scene, 0, thumbnailSize)

describe('a thumbnail', () => {
  const axial = [...[5, 0, 0, -57.5], ...[0, 5, 0, -47.5], ...[0, 0, 4, -58], 0, 0, 0, 1]
  // Sagittal slices: i runs backwards (+y), j downwards (−z), k to the right (−x).
  const sagittal = [...[0, 0, -5, 57.5], ...[5, 0, 0, -47.5], ...[0, -4, 0, 58], 0, 0, 0, 1]

  it.each([
    ['axial', axial, dims],
    ['sagittal', sagittal, [20, 30, 24] as const],
  ] as const)("has the patient's left on the right and the head up, of %s slices", (_, m, size) => {
    const scene = phantom([...m], size, [20, -20, 25])
    const found = brightest(wholeOf(scene))
    expect(found.weight).toBeGreaterThan(100)
    expect(found.x).toBeGreaterThan(0.6)
    expect(found.y).toBeLessThan(0.4)
  })

  it('is seen from the front: what lies behind is hidden more', () => {
    const seen = (y: number) => brightest(wholeOf(phantom(axial, dims, [0, y, 0]))).weight
    expect(seen(-30)).toBeGreaterThan(1.5 * seen(30))
  })

  it('is the same in bands as whole', () => {
    const scene = phantom(axial, dims, [20, -20, 25])
    const bands = [renderRows(scene, 0, 111), renderRows(scene, 111, thumbnailSize)]
    expect(Buffer.concat(bands).equals(wholeOf(scene))).toBe(true)
  })

  it('is the ground colour where there is nothing', () => {
    const scene = phantom(axial, dims, [0, 0, 0])
    voxelsOver(scene.voxels, 'int16').fill(-1000)
    expect([...wholeOf(scene).subarray(0, 3)]).toEqual([0x0b, 0x0d, 0x10])
  })
})

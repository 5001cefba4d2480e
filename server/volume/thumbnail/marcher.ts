import {
  invert,
  transform,
  transformPoint,
  transformVector,
} from '../../../shared/geometry/transform.ts'
import { spacingMm } from '../pyramid-plan.ts'
import { voxelsOver } from '../voxels.ts'
import { boxOf } from './box.ts'
import { sampler } from './sampler.ts'
import type { ThumbnailScene } from './scene.ts'
import { plainBrightness, shader } from './shading.ts'
import { transferTable } from './transfer.ts'

/** What a ray gathered: colours multiplied by their alpha, 0…1; the steps where it began and ended. */
export interface Gathered {
  readonly red: number
  readonly green: number
  readonly blue: number
  readonly alpha: number
  /** Of the first and last sample that was not clear; first > last where all was. */
  readonly first: number
  readonly last: number
}

export interface Marcher {
  /** Steps from the front of the box to its back. */
  readonly steps: number
  /** Along +y of patient space from (x, z), between two steps. The answer is overwritten by the next. */
  march(xMm: number, zMm: number, fromStep: number, toStep: number): Gathered
}

/** The share of a pixel below which a sample's surface is not looked for. */
const plainBelow = 0.05
/** What is still let through where a ray may end. */
const nearlyOpaque = 0.03

export function marcher(scene: ThumbnailScene): Marcher {
  const { low, high } = boxOf(scene)
  const table = transferTable(scene)
  const sample = sampler(voxelsOver(scene.voxels, scene.type), scene.dims, table.first - 1)
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(scene.patientFromVoxel))
  const spacing = spacingMm(scene.patientFromVoxel)
  const stepMm = 1.25 * Math.min(...spacing)
  const [stepX, stepY, stepZ] = transformVector(voxelFromPatient, [0, stepMm, 0])
  // Reaching over a whole slice, neither voxels nor slices show as a pattern.
  const brightness = shader(scene, sample, voxelFromPatient, Math.max(...spacing))
  const absorbed = table.opacity.map((perMm) => 1 - (1 - perMm) ** stepMm)
  const end = absorbed.length - 1
  const { red: reds, green: greens, blue: blues, first: clearBelow, perValue } = table
  const out = { red: 0, green: 0, blue: 0, alpha: 0, first: 0, last: 0 }

  return {
    steps: Math.ceil((high[1] - low[1]) / stepMm),
    march: (xMm, zMm, fromStep, toStep) => {
      const [startX, startY, startZ] = transformPoint(voxelFromPatient, [xMm, low[1], zMm])
      let [red, green, blue, clear] = [0, 0, 0, 1]
      let [first, last] = [toStep, -1]
      for (let n = fromStep; n < toStep && clear > nearlyOpaque; n++) {
        const x = startX + n * stepX
        const y = startY + n * stepY
        const z = startZ + n * stepZ
        const value = sample(x, y, z)
        if (!(value > clearBelow)) continue
        const at = Math.min(end, ((value - clearBelow) * perValue + 0.5) | 0)
        const weight = clear * absorbed[at]!
        if (weight < 0.0002) continue
        const lit = weight * (weight > plainBelow ? brightness(x, y, z) : plainBrightness)
        red += lit * reds[at]!
        green += lit * greens[at]!
        blue += lit * blues[at]!
        clear -= weight
        if (last < 0) first = n
        last = n
      }
      out.red = red
      out.green = green
      out.blue = blue
      out.alpha = 1 - clear
      out.first = first
      out.last = last
      return out
    },
  }
}

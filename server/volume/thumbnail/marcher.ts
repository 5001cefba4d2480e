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
  red: number
  green: number
  blue: number
  alpha: number
  /** Of the first and last sample that was not clear; first > last where all was. */
  first: number
  last: number
}

export interface Marcher {
  /** Steps from the front of the box to its back. */
  readonly steps: number
  /** Along +y of patient space from (x, z), between two steps. The answer is overwritten by the next. */
  march(xMm: number, zMm: number, fromStep: number, toStep: number): Readonly<Gathered>
}

/** The share of a pixel below which a sample's surface is not looked for. */
const plainBelow = 0.012
const opaque = 0.97

export function marcher(scene: ThumbnailScene): Marcher {
  const { low, high } = boxOf(scene)
  const table = transferTable(scene)
  const sample = sampler(voxelsOver(scene.voxels, scene.type), scene.dims, table.first - 1)
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(scene.patientFromVoxel))
  const spacing = spacingMm(scene.patientFromVoxel)
  const stepMm = 0.6 * Math.min(...spacing)
  const [stepX, stepY, stepZ] = transformVector(voxelFromPatient, [0, stepMm, 0])
  // Reaching over a whole slice, neither voxels nor slices show as a pattern.
  const brightness = shader(scene, sample, voxelFromPatient, Math.max(...spacing))
  const absorbed = table.opacity.map((perMm) => 1 - (1 - perMm) ** stepMm)
  const end = absorbed.length - 1
  const out: Gathered = { red: 0, green: 0, blue: 0, alpha: 0, first: 0, last: 0 }

  return {
    steps: Math.ceil((high[1] - low[1]) / stepMm),
    march: (xMm, zMm, fromStep, toStep) => {
      const start = transformPoint(voxelFromPatient, [xMm, low[1], zMm])
      Object.assign(out, { red: 0, green: 0, blue: 0, alpha: 0, first: toStep, last: -1 })
      for (let n = fromStep; n < toStep && out.alpha < opaque; n++) {
        const x = start[0] + n * stepX
        const y = start[1] + n * stepY
        const z = start[2] + n * stepZ
        const value = sample(x, y, z)
        if (!(value > table.first)) continue
        const at = Math.min(end, Math.round((value - table.first) * table.perValue))
        const weight = (1 - out.alpha) * absorbed[at]!
        if (weight < 0.0002) continue
        const lit = weight * (weight > plainBelow ? brightness(x, y, z) : plainBrightness)
        out.red += lit * table.red[at]!
        out.green += lit * table.green[at]!
        out.blue += lit * table.blue[at]!
        out.alpha += weight
        if (out.last < 0) out.first = n
        out.last = n
      }
      return out
    },
  }
}

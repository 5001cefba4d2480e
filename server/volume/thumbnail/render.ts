import {
  invert,
  type Transform,
  transform,
  transformPoint,
  transformVector,
} from '../../../shared/geometry/transform.ts'
import { spacingMm } from '../pyramid-plan.ts'
import { voxelsOver } from '../voxels.ts'
import { sampler } from './sampler.ts'
import type { ThumbnailScene } from './scene.ts'
import { transferTable } from './transfer.ts'

const size = 320
const ground = [0x0b, 0x0d, 0x10] as const

/** What the picture shows, in patient mm: its centre, and its edge's length. */
interface Frame {
  readonly x: number
  readonly z: number
  readonly edgeMm: number
}

/**
 * The patient from the front, head up, the patient's left on the viewer's right: orthographic, along
 * +y of patient space, front to back. The frame is drawn around what can be seen.
 */
export function renderThumbnail(scene: ThumbnailScene): {
  width: number
  height: number
  rgb: Uint8Array
} {
  const box = boxOf(scene)
  const whole = {
    x: (box.low[0] + box.high[0]) / 2,
    z: (box.low[2] + box.high[2]) / 2,
    edgeMm: Math.max(box.high[0] - box.low[0], box.high[2] - box.low[2]),
  }
  const march = marcher(scene, box)
  const frame = frameOfContent(whole, 64, march)
  const rgb = new Uint8Array(size * size * 3)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const [red, green, blue, alpha] = march(...pointOf(frame, column, row, size))
      const at = (row * size + column) * 3
      rgb[at] = Math.min(255, red * 255 + (1 - alpha) * ground[0])
      rgb[at + 1] = Math.min(255, green * 255 + (1 - alpha) * ground[1])
      rgb[at + 2] = Math.min(255, blue * 255 + (1 - alpha) * ground[2])
    }
  }
  return { width: size, height: size, rgb }
}

type Corner = [number, number, number]

function boxOf({ dims, patientFromVoxel }: ThumbnailScene): { low: Corner; high: Corner } {
  const patientFromBox: Transform<'patient', 'voxel'> = transform(patientFromVoxel)
  const low: Corner = [Infinity, Infinity, Infinity]
  const high: Corner = [-Infinity, -Infinity, -Infinity]
  for (let n = 0; n < 8; n++) {
    const corner = [0, 1, 2].map((axis) => ((n >> axis) & 1 ? (dims[axis] as number) - 0.5 : -0.5))
    const point = transformPoint(patientFromBox, corner as Corner)
    for (const axis of [0, 1, 2] as const) {
      low[axis] = Math.min(low[axis], point[axis])
      high[axis] = Math.max(high[axis], point[axis])
    }
  }
  return { low, high }
}

function pointOf(frame: Frame, column: number, row: number, pixels: number): [number, number] {
  const mm = frame.edgeMm / pixels
  return [frame.x + (column + 0.5 - pixels / 2) * mm, frame.z - (row + 0.5 - pixels / 2) * mm]
}

type March = (xMm: number, zMm: number) => [red: number, green: number, blue: number, alpha: number]

/** A square around all that is clearly to be seen, with a margin. */
function frameOfContent(whole: Frame, pixels: number, march: March): Frame {
  const low = { x: Infinity, z: Infinity }
  const high = { x: -Infinity, z: -Infinity }
  for (let row = 0; row < pixels; row++) {
    for (let column = 0; column < pixels; column++) {
      const [x, z] = pointOf(whole, column, row, pixels)
      if (march(x, z)[3] < 0.3) continue
      low.x = Math.min(low.x, x)
      high.x = Math.max(high.x, x)
      low.z = Math.min(low.z, z)
      high.z = Math.max(high.z, z)
    }
  }
  if (!(high.x > low.x && high.z > low.z)) return whole
  const edgeMm = 1.12 * Math.max(high.x - low.x, high.z - low.z)
  return { x: (low.x + high.x) / 2, z: (low.z + high.z) / 2, edgeMm }
}

/** Colours come back multiplied by their alpha, 0…1. */
function marcher(scene: ThumbnailScene, box: { low: Corner; high: Corner }): March {
  const voxels = voxelsOver(scene.voxels, scene.type)
  const table = transferTable(scene)
  const sample = sampler(voxels, scene.dims, table.first - 1)
  const voxelFromPatient = invert(transform<'patient', 'voxel'>(scene.patientFromVoxel))
  const stepMm = 0.6 * Math.min(...spacingMm(scene.patientFromVoxel))
  const steps = Math.ceil((box.high[1] - box.low[1]) / stepMm)
  const step = transformVector(voxelFromPatient, [0, stepMm, 0])
  const toLight = transformVector(voxelFromPatient, [-0.45 * stepMm, -stepMm, 0.55 * stepMm])
  const last = table.opacity.length - 1
  return (xMm, zMm) => {
    let [x, y, z] = transformPoint(voxelFromPatient, [xMm, box.low[1], zMm]) as Corner
    let [red, green, blue, alpha] = [0, 0, 0, 0]
    for (let n = 0; n < steps && alpha < 0.97; n++) {
      const value = sample(x, y, z)
      if (value > table.first) {
        const at = Math.min(last, Math.round((value - table.first) * table.perValue))
        const absorbed = 1 - (1 - (table.opacity[at] as number)) ** stepMm
        if (absorbed > 0.0005) {
          // Brighter where there is less towards the light: the slope stands in for a normal.
          const ahead = sample(x + toLight[0], y + toLight[1], z + toLight[2])
          const slope = ((value - Math.max(ahead, table.first)) * table.perValue) / last
          const light = Math.min(1.25, Math.max(0.3, 0.62 + 2.2 * slope))
          const weight = (1 - alpha) * absorbed
          red += weight * light * (table.red[at] as number)
          green += weight * light * (table.green[at] as number)
          blue += weight * light * (table.blue[at] as number)
          alpha += weight
        }
      }
      x += step[0]
      y += step[1]
      z += step[2]
    }
    return [red, green, blue, alpha]
  }
}

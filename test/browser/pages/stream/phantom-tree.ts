import type { Vec3 } from '../../../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../../../shared/volume/manifest.ts'
import { inBall, type Phantom, voxelsOf } from '../volume/phantoms.ts'
import { zarrLevel } from '../volume/zarr-tree.ts'

const fill = -1000

/** A ball in air, three levels over one box of 140 × 130 × 150 mm around the origin. */
export function phantomTree() {
  const ball = inBall([20, 10, 30], 18)
  const valueAt = (at: Vec3) => (ball(at) ? 900 : fill)
  const keys = new Map<string, Uint8Array>()
  const levels = [1, 2, 4].map((edge, n) => {
    const dims: Vec3 = [Math.ceil(140 / edge), Math.ceil(130 / edge), Math.ceil(150 / edge)]
    const shift = (sizeMm: number) => edge / 2 - sizeMm / 2
    const patientFromVoxel = [
      [edge, 0, 0, shift(140)],
      [0, edge, 0, shift(130)],
      [0, 0, edge, shift(150)],
      [0, 0, 0, 1],
    ].flat()
    const phantom: Phantom = { dims, patientFromVoxel, valueAt }
    for (const [key, bytes] of zarrLevel(`${n}`, voxelsOf(phantom), dims, fill)) {
      keys.set(key, bytes)
    }
    return { path: `${n}`, dims: [...dims] as [number, number, number], patientFromVoxel }
  })
  const [finest] = levels
  if (!finest) throw new Error('a tree has a finest level')
  const manifest: VolumeManifest = {
    volumeId: 'phantom',
    modality: 'CT',
    label: 'CT · phantom',
    frameOfReferenceUID: '2.25.1',
    dims: finest.dims,
    patientFromVoxel: finest.patientFromVoxel,
    dataType: 'int16',
    valueRange: [-1000, 900],
    unit: 'HU',
    defaultWindow: { windowCenter: 40, windowWidth: 400 },
    histogram: [1],
    levels,
  }
  return { manifest, keys, valueAt }
}

import type { VolumeRequest } from '../../test/browser/pages/volume/bench-page.ts'
import { type Contestant, type Scene, size } from './contestant.ts'
import { viewOf } from './views.ts'

/** The ray-marcher at a fixed step of one voxel. What drew before in its scene is gone. */
export function caseroomContestant(
  name: string,
  { page: { page, draw }, volume, knots }: Scene,
  skipping: boolean,
): Contestant {
  const { dims, patientFromVoxel } = volume
  const request = (probe: 'picture' | 'fetches'): VolumeRequest => ({
    voxels: { dims, patientFromVoxel: [...patientFromVoxel], type: 'int16', url: '/voxels' },
    options: { transferFunction: knots, quality: 'fixed', stepVoxels: 1, skipping, probe },
  })
  const load = (probe: 'picture' | 'fetches') =>
    page.evaluate((asked) => window.bench.load(asked), request(probe))
  const look = (degrees: number) =>
    page.evaluate(([from, pixels]) => window.bench.look(from, pixels), [
      viewOf(volume, degrees),
      size,
    ] as const)
  const drawOnce = () => page.evaluate(() => window.bench.timeFrame())
  return {
    name,
    async firstFrame() {
      const start = performance.now()
      await load('picture')
      await look(0)
      await drawOnce()
      return performance.now() - start
    },
    async frame(degrees) {
      await load('picture')
      await look(degrees - 3)
      await drawOnce()
      await look(degrees)
      return page.evaluate(() => window.peers.timeCaseroomFrame())
    },
    async readsPerPixel(degrees) {
      await load('fetches')
      const { rgba } = await draw(viewOf(volume, degrees), size)
      let sum = 0
      for (let n = 0; n < rgba.length; n += 4) sum += (rgba[n] ?? 0) + 256 * (rgba[n + 1] ?? 0)
      return sum / size ** 2
    },
  }
}

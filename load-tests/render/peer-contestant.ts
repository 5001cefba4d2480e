import type { Contestant, Scene } from './contestant.ts'
import type { PeerVolume } from './page/peer.ts'
import type { PeerName } from './page/render-page.ts'
import { diagonalMm, voxelAlongRayMm } from './views.ts'

/** Somebody else's renderer on the same page, kept loaded in a context of its own. */
export function peerContestant(name: string, id: PeerName, scene: Scene): Contestant {
  const { page } = scene.page
  const volume: PeerVolume = {
    url: '/voxels',
    dims: scene.volume.dims,
    patientFromVoxel: scene.volume.patientFromVoxel,
    knots: scene.knots,
    stepMm: voxelAlongRayMm(scene.volume, 0),
    heightMm: diagonalMm(scene.volume),
  }
  return {
    name,
    firstFrame: () =>
      page.evaluate(([peer, about]) => window.peers.load(peer, about), [id, volume] as const),
    frame: (degrees) =>
      page.evaluate(([peer, angle]) => window.peers.timeFrame(peer, angle), [id, degrees] as const),
    readsPerPixel: (degrees) =>
      page.evaluate(([peer, about, angle]) => window.peers.readsPerPixel(peer, about, angle), [
        id,
        volume,
        degrees,
      ] as const),
  }
}

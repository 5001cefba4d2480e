import type { PeerName, PeerRequest } from './page/render-page.ts'
import type { Scene } from './scene.ts'
import { heightMm, voxelAlongRayMm } from './views.ts'

export const peerNames: Readonly<Record<PeerName, string>> = {
  niivue: 'niivue 0.69',
  vtk: 'vtk.js 37.4',
}

const requestOf = ({ volume, knots, voxelsUrl }: Scene): PeerRequest => ({
  url: voxelsUrl,
  dims: volume.dims,
  patientFromVoxel: volume.patientFromVoxel,
  knots,
  stepMm: voxelAlongRayMm(volume, 0),
  heightMm: heightMm(volume),
})

/** Loads it anew. Milliseconds from voxels in memory to the first picture. */
export const peerFirstFrameMs = (scene: Scene, peer: PeerName): Promise<number> =>
  scene.page.page.evaluate(([name, about, size]) => window.peers.load(name, about, size), [
    peer,
    requestOf(scene),
    scene.size,
  ] as const)

export const peerFrameMs = ({ page }: Scene, peer: PeerName, degrees: number): Promise<number> =>
  page.page.evaluate(([name, angle]) => window.peers.timeFrame(name, angle), [
    peer,
    degrees,
  ] as const)

/** Of 3D textures, on the average of all pixels; it is loaded once more for it. */
export const peerReads = (scene: Scene, peer: PeerName, degrees: number): Promise<number> =>
  scene.page.page.evaluate(
    ([name, about, size, angle]) => window.peers.readsPerPixel(name, about, size, angle),
    [peer, requestOf(scene), scene.size, degrees] as const,
  )

export const resizePeers = ({ page, size }: Scene): Promise<void> =>
  page.page.evaluate((pixels) => window.peers.resize(pixels), size)

export const clearPeers = ({ page }: Scene): Promise<void> =>
  page.page.evaluate(() => window.peers.clear())

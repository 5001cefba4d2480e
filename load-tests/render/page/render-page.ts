import '../../../test/browser/pages/volume/bench-page.ts'
import { Niivue, NVImage } from 'niivue'
import type { TransferFunction } from '../../../shared/volume/transfer-function.ts'

export interface PeerVolume {
  readonly url: string
  readonly dims: readonly [number, number, number]
  readonly spacingMm: readonly [number, number, number]
  /** Opacity of a knot is per voxel here: niivue corrects by voxels. */
  readonly knots: TransferFunction
}

const niftiInt16 = 4
const byte = (part: number) => Math.round(255 * part)

/** niivue on a canvas of its own, drawing the same voxels with the same colours. */
class Peer {
  #viewer: Niivue | undefined

  async load({ url, dims, spacingMm: [x, y, z], knots }: PeerVolume): Promise<void> {
    this.#viewer ??= await this.#open()
    const voxels = new Int16Array(await (await fetch(url)).arrayBuffer())
    const affine = [x, 0, 0, 0, 0, y, 0, 0, 0, 0, z, 0, 0, 0, 0, 1]
    const file = NVImage.createNiftiArray([...dims], [x, y, z], affine, niftiInt16, voxels)
    const low = knots[0]?.value ?? 0
    const high = knots.at(-1)?.value ?? 1
    this.#viewer.addColormap('bench', {
      R: knots.map(({ r }) => byte(r)),
      G: knots.map(({ g }) => byte(g)),
      B: knots.map(({ b }) => byte(b)),
      A: knots.map(({ opacity }) => byte(opacity)),
      I: knots.map(({ value }) => byte((value - low) / (high - low))),
    })
    const image = await NVImage.loadFromUrl({
      url: file,
      name: 'bench.nii',
      colormap: 'bench',
      cal_min: low,
      cal_max: high,
    })
    while (this.#viewer.volumes[0]) this.#viewer.removeVolume(this.#viewer.volumes[0])
    this.#viewer.addVolume(image)
    this.#viewer.setSliceType(this.#viewer.sliceTypeRender)
    await this.#viewer.setVolumeRenderIllumination(0.6)
  }

  async #open(): Promise<Niivue> {
    const viewer = new Niivue({
      isOrientCube: false,
      show3Dcrosshair: false,
      backColor: [0, 0, 0, 1],
      forceDevicePixelRatio: 1,
      loadingText: '',
    })
    await viewer.attachToCanvas(document.querySelector('#peer') as HTMLCanvasElement, false)
    return viewer
  }

  /** Milliseconds for a frame, the GPU's work included. */
  timeFrame(azimuth: number): number {
    const viewer = this.#viewer
    if (!viewer) throw new Error('nothing was loaded')
    const start = performance.now()
    viewer.setRenderAzimuthElevation(azimuth, 10)
    viewer.drawScene()
    viewer.gl.readPixels(0, 0, 1, 1, viewer.gl.RGBA, viewer.gl.UNSIGNED_BYTE, new Uint8Array(4))
    return performance.now() - start
  }
}

export type { Peer }

Object.assign(window, { peer: new Peer() })

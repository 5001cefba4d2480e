import { Niivue, NVImage } from 'niivue'
import { type Peer, type PeerVolume, spacingOf } from './peer.ts'

const niftiInt16 = 4
const byte = (part: number) => Math.round(255 * part)

/** niivue, lit by its matcap and a gradient texture that it makes while it loads. */
export class NiivuePeer implements Peer {
  readonly canvas: HTMLCanvasElement
  readonly #viewer = new Niivue({
    isResizeCanvas: false,
    isOrientCube: false,
    show3Dcrosshair: false,
    backColor: [0, 0, 0, 1],
    loadingText: '',
  })

  constructor(canvas: HTMLCanvasElement) {
    this.canvas = canvas
  }

  get gl(): WebGL2RenderingContext {
    return this.#viewer.gl
  }

  resize(size: number): void {
    this.canvas.width = this.canvas.height = size
    this.canvas.style.width = this.canvas.style.height = `${size}px`
  }

  async load(volume: PeerVolume, voxels: Int16Array<ArrayBuffer>): Promise<void> {
    const viewer = this.#viewer
    const { knots, patientFromVoxel: m, dims } = volume
    await viewer.attachToCanvas(this.canvas, false)
    // Both before there is a volume: each would prepare it and draw it anew.
    await viewer.setVolumeRenderIllumination(0.6)
    viewer.setSliceType(viewer.sliceTypeRender)
    const low = knots[0]?.value ?? 0
    const high = knots.at(-1)?.value ?? 1
    viewer.addColormap('bench', {
      R: knots.map(({ r }) => byte(r)),
      G: knots.map(({ g }) => byte(g)),
      B: knots.map(({ b }) => byte(b)),
      // Opacity is a voxel's here: niivue knows no millimetres along a ray.
      A: knots.map(({ opacity }) => byte(1 - (1 - opacity) ** volume.stepMm)),
      I: knots.map(({ value }) => byte((value - low) / (high - low))),
    })
    // NIfTI's patient space is RAS.
    const affine = m.map((part, n) => (n < 8 ? -part : part))
    const file = NVImage.createNiftiArray([...dims], spacingOf(m), affine, niftiInt16, voxels)
    const image = await NVImage.loadFromUrl({
      url: file,
      name: 'bench.nii',
      colormap: 'bench',
      cal_min: low,
      cal_max: high,
    })
    viewer.addVolume(image)
    // niivue shows 0.8 of the half diagonal to each side of the middle at a scale of 1.
    viewer.scene.volScaleMultiplier = (0.8 * viewer.furthestFromPivot) / (volume.heightMm / 2)
  }

  draw(degrees: number): void {
    // Whoever sets the angles by their method draws twice.
    this.#viewer.scene.renderAzimuth = 180 - degrees
    this.#viewer.scene.renderElevation = 0
    this.#viewer.drawScene()
  }

  dispose(): void {
    this.#viewer.cleanup()
    this.canvas.remove()
  }
}

import '@kitware/vtk.js/Rendering/Profiles/Volume.js'
import vtkDataArray from '@kitware/vtk.js/Common/Core/DataArray.js'
import vtkImageData from '@kitware/vtk.js/Common/DataModel/ImageData.js'
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction.js'
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction.js'
import vtkVolume from '@kitware/vtk.js/Rendering/Core/Volume.js'
import vtkVolumeMapper from '@kitware/vtk.js/Rendering/Core/VolumeMapper.js'
import vtkGenericRenderWindow from '@kitware/vtk.js/Rendering/Misc/GenericRenderWindow.js'
import type { TransferFunction } from '../../../shared/volume/transfer-function.ts'
import { type Peer, type PeerVolume, spacingOf } from './peer.ts'

// vtk.js's types name their bases by paths without an extension, which nodenext does not follow.
interface Algorithm {
  setInputData(image: object): void
}
interface DataSet {
  getPointData(): { setScalars(scalars: object): void }
}

/** vtk.js's volume mapper, composite, trilinear, shaded by the gradient at every sample. */
export class VtkPeer implements Peer {
  readonly canvas: HTMLCanvasElement
  readonly #container: HTMLElement
  readonly #window = vtkGenericRenderWindow.newInstance({
    background: [0, 0, 0],
    listenWindowResize: false,
  })
  #centre: readonly number[] = [0, 0, 0]
  #heightMm = 1

  constructor(container: HTMLElement) {
    this.#container = container
    this.#window.setContainer(container)
    const view = this.#window.getApiSpecificRenderWindow()
    this.canvas = view.getCanvas() as HTMLCanvasElement
  }

  resize(size: number): void {
    this.#window.getApiSpecificRenderWindow().setSize(size, size)
  }

  get gl(): WebGL2RenderingContext {
    return this.#window.getApiSpecificRenderWindow().get3DContext() as WebGL2RenderingContext
  }

  async load(volume: PeerVolume, voxels: Int16Array): Promise<void> {
    const image = imageOf(volume, voxels)
    this.#centre = image.getCenter()
    this.#heightMm = volume.heightMm
    const mapper = vtkVolumeMapper.newInstance()
    ;(mapper as unknown as Algorithm).setInputData(image)
    mapper.setSampleDistance(volume.stepMm)
    mapper.setAutoAdjustSampleDistances(false)
    mapper.setMaximumSamplesPerRay(4000)
    const actor = vtkVolume.newInstance()
    actor.setMapper(mapper)
    colour(actor, volume.knots)
    this.#window.getRenderer().addVolume(actor)
    this.draw(0)
  }

  draw(degrees: number): void {
    const renderer = this.#window.getRenderer()
    const camera = renderer.getActiveCamera()
    const [x = 0, y = 0, z = 0] = this.#centre
    const angle = (degrees * Math.PI) / 180
    const away = 2 * this.#heightMm
    camera.setParallelProjection(true)
    camera.setParallelScale(this.#heightMm / 2)
    camera.setFocalPoint(x, y, z)
    camera.setPosition(x + away * Math.sin(angle), y - away * Math.cos(angle), z)
    camera.setViewUp(0, 0, 1)
    renderer.resetCameraClippingRange()
    this.#window.getRenderWindow().render()
  }

  dispose(): void {
    this.#window.delete()
    this.#container.replaceChildren()
  }
}

function imageOf({ dims, patientFromVoxel: m }: PeerVolume, values: Int16Array) {
  const spacing = spacingOf(m)
  const image = vtkImageData.newInstance()
  image.setDimensions([...dims])
  image.setSpacing(spacing)
  image.setOrigin([m[3] ?? 0, m[7] ?? 0, m[11] ?? 0])
  const axes = [0, 1, 2].flatMap((column) =>
    [0, 4, 8].map((row) => (m[row + column] ?? 0) / (spacing[column] ?? 1)),
  )
  image.setDirection(Float32Array.from(axes) as never)
  const scalars = vtkDataArray.newInstance({ numberOfComponents: 1, values })
  ;(image as unknown as DataSet).getPointData().setScalars(scalars)
  return image
}

function colour(actor: ReturnType<typeof vtkVolume.newInstance>, knots: TransferFunction): void {
  const colours = vtkColorTransferFunction.newInstance()
  const opacities = vtkPiecewiseFunction.newInstance()
  for (const { value, r, g, b, opacity } of knots) {
    colours.addRGBPoint(value, r, g, b)
    opacities.addPoint(value, opacity)
  }
  const property = actor.getProperty()
  property.setRGBTransferFunction(0, colours)
  property.setScalarOpacity(0, opacities)
  property.setScalarOpacityUnitDistance(0, 1)
  property.setInterpolationTypeToLinear()
  property.setShade(true)
  property.setAmbient(0.3)
  property.setDiffuse(0.7)
  property.setSpecular(0.1)
}

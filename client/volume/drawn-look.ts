import type { Scene } from '@babylonjs/core/scene.js'
import { type Transform, transformVector, type Vec3 } from '../../shared/geometry/transform.ts'
import { length } from '../../shared/geometry/vector.ts'
import { brickGreys, brickKinds, bricksHolding } from '../../shared/volume/brick-codes.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import type { ClippingPlane } from '../../shared/volume/sampling.ts'
import {
  type TransferFunction,
  transferTable,
  type ValueWindow,
} from '../../shared/volume/transfer-function.ts'
import type { BrickTexture } from './brick-texture.ts'
import { type Lighting, type MarchMaterial, maxPlanes } from './march-material.ts'
import { TransferTexture } from './transfer-texture.ts'
import type { ResidentLevel, VolumeFrame } from './volume-level.ts'

/** Along the patient's axes, patient mm. */
export interface Crop {
  readonly minMm: Vec3
  readonly maxMm: Vec3
}

/** How a volume is looked at, whichever level is drawn: it keeps the shader and the bricks at it. */
export class DrawnLook {
  /** Moves on with every change of what a ray does in a brick. */
  kindsVersion = 0
  readonly #frame: VolumeFrame
  readonly #march: MarchMaterial
  readonly #transfer: TransferTexture
  #table = transferTable([{ value: 0, r: 0, g: 0, b: 0, opacity: 0 }])
  #mode: RenderMode = 'composite'
  #isoValue = 0
  #window: ValueWindow = { windowCenter: 0, windowWidth: 1 }
  #planes: readonly ClippingPlane[] = []
  #crop: Crop | undefined

  constructor(scene: Scene, frame: VolumeFrame, march: MarchMaterial, lighting: Lighting) {
    this.#frame = frame
    this.#march = march
    this.#transfer = new TransferTexture(scene, this.#table.size)
    march.setLighting(lighting)
  }

  get table() {
    return this.#table
  }

  get mode(): RenderMode {
    return this.#mode
  }

  get isoValue(): number {
    return this.#isoValue
  }

  get planes(): readonly ClippingPlane[] {
    return this.#planes
  }

  get crop(): Crop | undefined {
    return this.#crop
  }

  setTransferFunction(knots: TransferFunction): void {
    this.#table = transferTable(knots)
    this.#transfer.update(this.#table)
    const { encoding, lowestTexel } = this.#frame
    const axis = this.#transfer.axis(this.#table, encoding.scale)
    this.#march.setTransfer(this.#transfer, axis, lowestTexel, this.#surfaceTexels())
    this.kindsVersion++
  }

  /** What the greatest and the least values are seen through. */
  setWindow(window: ValueWindow): void {
    this.#window = window
    this.#setValueAxis()
    if (this.#mode !== 'composite') this.kindsVersion++
  }

  /** `coloured`: a projection in the transfer function's colours, not in grey. */
  setRenderMode(mode: RenderMode, isoValue: number, coloured = false): void {
    if (!Number.isFinite(isoValue)) throw new RangeError('a surface lies at a finite value')
    this.#mode = mode
    this.#isoValue = isoValue
    this.#march.setRenderMode(mode, coloured)
    this.#setValueAxis()
    this.kindsVersion++
  }

  setPlanes(planes: readonly ClippingPlane[]): void {
    if (planes.length > maxPlanes) throw new RangeError(`at most ${maxPlanes} clipping planes`)
    for (const { normal, offsetMm } of planes) {
      if (![...normal, offsetMm].every(Number.isFinite) || length(normal) === 0) {
        throw new RangeError('a clipping plane has a direction and a finite offset')
      }
    }
    this.#planes = planes
    this.#march.setPlanes(planes)
  }

  setCrop(crop: Crop | undefined): void {
    if (crop && ![...crop.minMm, ...crop.maxMm].every(Number.isFinite)) {
      throw new RangeError('a crop box has finite corners')
    }
    this.#crop = crop
    this.#march.setCropBox(crop)
  }

  /** What a ray does in each brick of a level. */
  fill(bricks: BrickTexture, { ranges, patientFromVoxel }: ResidentLevel): void {
    const { scale } = this.#frame.encoding
    if (this.#mode === 'composite') {
      const voxelMm = smallestSpacing(patientFromVoxel)
      const surfaceTexels = this.#surfaceTexels()
      bricks.update(brickKinds(ranges, this.#table, { texelScale: scale, voxelMm, surfaceTexels }))
    } else if (this.#mode === 'isosurface') {
      bricks.update(bricksHolding(ranges, [this.#isoValue * scale, Infinity]))
    } else {
      const black = (this.#window.windowCenter - this.#window.windowWidth / 2) * scale
      const shown = this.#mode === 'mip' ? black : -Infinity
      bricks.update(
        bricksHolding(ranges, [shown, Infinity]),
        brickGreys(ranges, this.#mode, this.#greyAxis()),
      )
    }
  }

  dispose(): void {
    this.#transfer.dispose()
  }

  /** A surface is where neighbours differ by a good part of what the function spans. */
  #surfaceTexels(): number {
    return ((this.#table.high - this.#table.low) * this.#frame.encoding.scale) / 16
  }

  #setValueAxis(): void {
    this.#march.setValueAxis(this.#greyAxis(), this.#isoValue * this.#frame.encoding.scale)
  }

  #greyAxis(): { scale: number; offset: number } {
    const { windowCenter, windowWidth } = this.#window
    return {
      scale: 1 / (windowWidth * this.#frame.encoding.scale),
      offset: 0.5 - windowCenter / windowWidth,
    }
  }
}

function smallestSpacing(patientFromVoxel: Transform<'patient', 'voxel'>): number {
  const axis = (v: Vec3) => length(transformVector(patientFromVoxel, v))
  return Math.min(axis([1, 0, 0]), axis([0, 1, 0]), axis([0, 0, 1]))
}

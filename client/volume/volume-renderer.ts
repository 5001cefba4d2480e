import type { TransformNode } from '@babylonjs/core/Meshes/transformNode.js'
import type { Observable } from '@babylonjs/core/Misc/observable.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { lowestTexel, type TexelEncoding, texelEncoding } from '../../shared/volume/half-float.ts'
import { presetsFor, type VolumePreset } from '../../shared/volume/presets.ts'
import type { RenderMode } from '../../shared/volume/render-mode.ts'
import type { ClippingPlane } from '../../shared/volume/sampling.ts'
import {
  type CurvePoint,
  type TransferFunction,
  transferFunctionOf,
  type ValueWindow,
} from '../../shared/volume/transfer-function.ts'
import type { Crop } from './drawn-look.ts'
import type { Lighting, Probe } from './march-material.ts'
import { type DrawnSegments, type Quality, VolumeDrawing } from './volume-drawing.ts'
import type { VolumeFrame } from './volume-level.ts'

export interface VolumeRendererOptions {
  /** Over stored values; a window does not touch it. Instead of a preset. */
  readonly transferFunction?: TransferFunction
  /** Default: grey, over the volume's own range of values. */
  readonly preset?: VolumePreset
  readonly window?: ValueWindow
  /** Default: composite. */
  readonly renderMode?: RenderMode
  /** The stored value of an isosurface. */
  readonly isoValue?: number
  /** `adaptive` (the default) draws coarser while things move; `fixed` never changes anything. */
  readonly quality?: Quality
  /** Distance between samples along a ray in voxels of the level drawn; for `fixed`. */
  readonly stepVoxels?: number
  readonly lighting?: Lighting
  /** Leaving out empty bricks; the picture is the same without. For measurements. */
  readonly skipping?: boolean
  /** Every sample lit, none left out, none finer: what the picture is judged by. For measurements. */
  readonly plain?: boolean
  /** What pixels say, instead of the picture. For measurements. */
  readonly probe?: Probe
}

export interface VolumeRenderer {
  /** Its local space is patient mm (LPS). */
  readonly root: TransformNode
  /** The volume is on the GPU whole and its shader is compiled. */
  readonly ready: Promise<void>
  /** A frame is needed: the picture changed, or is about to be sharpened. */
  readonly onChange: Observable<void>
  /** The picture of the last frame is final: nothing is being sharpened. */
  readonly settled: boolean
  readonly levelDims: Vec3 | undefined
  readonly facts: PictureFacts
  setTransferFunction(knots: TransferFunction): void
  /** Over its own window, or the present one where the preset has none. */
  setPreset(preset: VolumePreset, window?: ValueWindow): void
  /** Drawn by hand, over the present window; empty: the preset's own. */
  setCurve(curve: readonly CurvePoint[]): void
  setWindow(window: ValueWindow): void
  /** `isoValue`: the stored value of an isosurface. */
  setRenderMode(mode: RenderMode, isoValue?: number): void
  /** At most six; the side dot(normal, p) >= offsetMm is kept. */
  setClippingPlanes(planes: readonly ClippingPlane[]): void
  /** What lies outside is cut away; undefined: nothing is. */
  setCropBox(box: Crop | undefined): void
  /**
   * The volume's weight in the picture, 0…1. One that is `added` to another in the same place hides
   * nothing of it.
   */
  setOpacity(share: number, added?: boolean): void
  /** Draws tissue around segments; to be said again when they have changed. */
  setSegments(segments: DrawnSegments | undefined): void
  setQuality(quality: Quality): void
  /** Of a headset's frame, what the volume may take for all eyes together, ms. */
  setFrameBudget(ms: number): void
  /** Where a ray first meets visible tissue, patient mm. */
  firstVisiblePoint(originPatientMm: Vec3, directionPatient: Vec3): Vec3 | undefined
  dispose(): void
}

/** What a picture is made of just now. */
export interface PictureFacts {
  /** Between samples along a ray, of the level drawn. */
  readonly stepVoxels: number
  /** A pixel of the picture stands for so many of the screen, each way. */
  readonly pixelScale: number
  /** Of the level on the GPU and what lets rays leap through it. */
  readonly gpuBytes: number
}

const defaultLighting: Lighting = { ambient: 0.3, diffuse: 0.7, specular: 0.1 }

/** The tool's side of a drawing: presets and windows become transfer functions. */
export function rendererOver(
  drawing: VolumeDrawing,
  ready: Promise<void>,
  opening: { preset: VolumePreset; window: ValueWindow; windowed: boolean },
): VolumeRenderer {
  let { preset, window, windowed } = opening
  let ownCurve: readonly CurvePoint[] = []
  const applyCurve = () => {
    windowed = true
    const curve = ownCurve.length > 0 ? ownCurve : preset.curve
    drawing.adjust((look) => {
      look.setTransferFunction(transferFunctionOf(curve, window))
      look.setWindow(window)
    })
  }
  return {
    root: drawing.root,
    ready,
    onChange: drawing.onChange,
    get settled() {
      return drawing.settled
    },
    get levelDims() {
      return drawing.levelDims
    },
    get facts() {
      const { gpuBytes, rung } = drawing
      return { ...rung, gpuBytes }
    },
    setTransferFunction(knots) {
      drawing.adjust((look) => look.setTransferFunction(knots))
      windowed = false
    },
    setPreset(next, over) {
      preset = next
      ownCurve = []
      window = over ?? next.window ?? window
      applyCurve()
    },
    setCurve(curve) {
      ownCurve = curve
      applyCurve()
    },
    setWindow(next) {
      if (!(next.windowWidth > 0) || !Number.isFinite(next.windowCenter + next.windowWidth)) {
        throw new RangeError('a window has a finite centre and a width above zero')
      }
      window = next
      if (windowed) applyCurve()
      else drawing.adjust((look) => look.setWindow(window))
    },
    setRenderMode: (mode, isoValue = 0) => {
      drawing.adjust((look) => look.setRenderMode(mode, isoValue, preset.renderMode === mode))
    },
    setClippingPlanes: (planes) => drawing.adjust((look) => look.setPlanes(planes)),
    setCropBox: (box) => drawing.adjust((look) => look.setCrop(box)),
    setOpacity: (share, added = false) => drawing.setShare(share, added),
    setSegments: (segments) => drawing.setSegments(segments),
    setQuality: (quality) => drawing.setQuality(quality),
    setFrameBudget: (ms) => drawing.setFrameBudget(ms),
    firstVisiblePoint: (origin, direction) => drawing.firstVisiblePoint(origin, direction),
    dispose: () => drawing.dispose(),
  }
}

/** What a drawing opens with: a transfer function in values, or a preset over a window. */
export function openingLook(
  options: VolumeRendererOptions,
  modality: string,
  defaultWindow: ValueWindow,
) {
  const preset = options.preset ?? presetsFor(modality)[0]
  const window = options.window ?? preset.window ?? defaultWindow
  const transferFunction = options.transferFunction ?? transferFunctionOf(preset.curve, window)
  return { preset, window, windowed: !options.transferFunction, transferFunction }
}

export function drawingOf(
  scene: Scene,
  frame: VolumeFrame,
  options: VolumeRendererOptions,
  { transferFunction, window }: { transferFunction: TransferFunction; window: ValueWindow },
): VolumeDrawing {
  if (!scene.useRightHandedSystem) {
    throw new Error(
      'the scene is left-handed and would mirror the patient: set scene.useRightHandedSystem first',
    )
  }
  const stepVoxels = options.stepVoxels ?? 1
  if (!(stepVoxels > 0)) throw new RangeError('the step between samples is above zero')
  return new VolumeDrawing(scene, frame, {
    transferFunction,
    window,
    renderMode: options.renderMode ?? 'composite',
    isoValue: options.isoValue ?? 0,
    quality: options.quality ?? 'adaptive',
    stepVoxels,
    lighting: options.lighting ?? defaultLighting,
    skipping: options.skipping ?? true,
    probe: options.probe ?? 'picture',
    plain: options.plain ?? false,
  })
}

export function frameOf(
  { dims, patientFromVoxel }: Pick<VolumeFrame, 'dims' | 'patientFromVoxel'>,
  valueRange: readonly [number, number],
  paddingValue: number | undefined,
): VolumeFrame {
  const encoding: TexelEncoding = texelEncoding(valueRange, paddingValue)
  return { dims, patientFromVoxel, encoding, lowestTexel: lowestTexel(encoding, valueRange[0]) }
}

export function largestTextureSide(scene: Scene): number {
  const engine = scene.getEngine() as unknown as { _gl: WebGL2RenderingContext }
  return engine._gl.getParameter(engine._gl.MAX_3D_TEXTURE_SIZE)
}

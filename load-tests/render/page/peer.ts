import type { TransferFunction } from '../../../shared/volume/transfer-function.ts'

export interface PeerVolume {
  readonly dims: readonly [number, number, number]
  /** Row-major 4×4 to patient mm (LPS), without shear. */
  readonly patientFromVoxel: readonly number[]
  /** Opacity is what 1 mm absorbs. */
  readonly knots: TransferFunction
  /** Length of a voxel along the rays of the views that are timed. */
  readonly stepMm: number
  /** Of patient space that the canvas shows from top to bottom; parallel rays. */
  readonly heightMm: number
}

/** A renderer of somebody else's on a canvas of its own. */
export interface Peer {
  readonly canvas: HTMLCanvasElement
  readonly gl: WebGL2RenderingContext
  /** `voxels`: x fastest. Resolves once the first picture is drawn. */
  load(volume: PeerVolume, voxels: Int16Array<ArrayBuffer>): Promise<void>
  /** Pixels, each way; the next picture has them. */
  resize(size: number): void
  /** From in front of the patient, turned to their left by `degrees`; upright, level. Once. */
  draw(degrees: number): void
  dispose(): void
}

/** The lengths of a voxel along i, j, k. */
export const spacingOf = (m: readonly number[]): [number, number, number] => {
  const along = (n: number) => Math.hypot(m[n] ?? 0, m[4 + n] ?? 0, m[8 + n] ?? 0)
  return [along(0), along(1), along(2)]
}

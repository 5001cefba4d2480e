import type { TransferFunction } from '../../shared/volume/transfer-function.ts'
import type { VolumePage } from '../../test/browser/pages/volume/open-volume-page.ts'
import type { PeerBench } from './page/render-page.ts'
import type { Series } from './series.ts'

declare global {
  interface Window {
    peers: PeerBench
  }
}

/** What every contestant draws: the same voxels, the same colours, on the same page. */
export interface Scene {
  readonly page: VolumePage
  readonly volume: Series
  readonly knots: TransferFunction
  /** Pixels, each way. */
  readonly size: number
}

/** A renderer, drawing from in front of the patient, turned to their left by degrees. */
export interface Contestant {
  readonly name: string
  /** Milliseconds from voxels in memory to the first picture. */
  firstFrame(): Promise<number>
  /** Milliseconds. */
  frame(degrees: number): Promise<number>
  /** Of the 3D texture. */
  readsPerPixel(degrees: number): Promise<number>
}

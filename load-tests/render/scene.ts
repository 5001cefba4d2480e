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
  /** Of the voxels, on the page's server. */
  readonly voxelsUrl: string
  readonly knots: TransferFunction
  /** Pixels, each way. */
  readonly size: number
}

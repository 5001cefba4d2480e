import {
  type TexelEncoder,
  type TexelEncoding,
  texelEncoder,
} from '../../shared/volume/half-float.ts'
import type { LevelPiece } from '../voxels/level-piece.ts'
import { encodeSlab, type Slab } from './slab.ts'

/** The part of a worker's global scope used here; the page's types do not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<TexelEncoding | Slab>) => void) | null
  postMessage(message: LevelPiece, transfer: Transferable[]): void
}
const scope = self as unknown as WorkerScope

let encode: TexelEncoder | undefined

/** First the encoding, then slabs; each is answered, in their order. */
scope.onmessage = ({ data }) => {
  if ('scale' in data) {
    encode = texelEncoder(data)
    return
  }
  if (!encode) throw new Error('a slab came before the encoding')
  const piece = encodeSlab(data, encode)
  const { low, high } = piece.ranges
  scope.postMessage(piece, [
    piece.texels.buffer,
    low.buffer as ArrayBuffer,
    high.buffer as ArrayBuffer,
  ])
}

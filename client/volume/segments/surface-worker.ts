import { surfaceOfLabel } from '../../../shared/volume/surface-label.ts'
import type { MakeSurface, SurfaceMessage } from './surface-messages.ts'

/** The part of a worker's global scope used here; the page's types do not know it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<MakeSurface>) => void) | null
  postMessage(message: SurfaceMessage, transfer?: Transferable[]): void
}
const scope = self as unknown as WorkerScope

scope.onmessage = ({ data: { request, map } }) => {
  try {
    const surface = surfaceOfLabel(map)
    const parts = surface && [
      surface.positions.buffer,
      surface.normals.buffer,
      surface.indices.buffer,
      surface.tree.boxes.buffer,
    ]
    scope.postMessage({ request, state: 'made', surface }, parts)
  } catch {
    // Memory is what runs out here; the page says so.
    scope.postMessage({ request, state: 'failed' })
  }
}

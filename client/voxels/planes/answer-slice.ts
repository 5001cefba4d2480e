import { chunksOfSlab } from '../../../shared/volume/reslice-chunks.ts'
import type { Slab } from '../../../shared/volume/slice.ts'
import type { LevelChunks } from '../chunk-shelf.ts'
import type { Slice, SliceRequest } from '../voxels.ts'
import { cutLevel } from './cut-level.ts'
import { isLabelPlaneHere, labelPlane } from './label-plane.ts'
import type { PlaneShelf } from './plane-shelf.ts'

/** Between two answers on the way to the sharp one. */
const betweenMs = 200

/**
 * Posts a slab at once from the finest level that is here whole, or brings the coarsest; then again
 * as parts of finer levels come, at most five times a second, each part as fine as it is here; the
 * last time `sharp`, with every label. What is posted is the receiver's own. Throws a ReadFailure, a
 * RangeError on a label that the manifest does not have, or the signal's reason.
 */
export async function answerSlice(
  shelf: PlaneShelf,
  request: SliceRequest,
  post: (slice: Slice) => void,
  signal: AbortSignal,
): Promise<void> {
  const { labelIds = [], labelsAlone = false } = request
  const levels = labelsAlone ? [] : shelf.levels
  const { paddingValue } = shelf.manifest
  const picture = new SlicePicture(request, post)
  const first = finestHere(levels, request)
  const tell = () => picture.postNowAndThen()
  const cut = (level: LevelChunks, onPart?: () => void) =>
    cutLevel(level, request, picture.values, { paddingValue, signal, ...(onPart && { onPart }) })
  const cutLabels = (ids: readonly string[]) =>
    ids.map(async (labelId) => {
      picture.labels[labelId] = await labelPlane(shelf, labelId, request, signal)
    })
  const here = labelIds.filter((labelId) => isLabelPlaneHere(shelf, labelId, request))
  const away = labelIds.filter((labelId) => !here.includes(labelId))

  const base = levels[first]
  await Promise.all([base && cut(base), ...cutLabels(here)])
  const finer = levels.slice(0, Math.max(first, 0)).reverse()
  if (finer.length > 0 || away.length > 0) {
    picture.post(false)
    const cutFiner = async () => {
      for (const level of finer) await cut(level, tell)
    }
    await Promise.all([cutFiner(), ...cutLabels(away).map((label) => label.then(tell))])
  }
  signal.throwIfAborted()
  picture.post(true)
}

/** The index of the finest level of which all that the slab needs is here, or of the coarsest. */
function finestHere(levels: readonly LevelChunks[], slab: Slab): number {
  const here = levels.findIndex((level) =>
    chunksOfSlab(level, slab).every((at) => level.peek(at) !== undefined),
  )
  return here === -1 ? levels.length - 1 : here
}

/** What is known of a slice so far. */
class SlicePicture {
  readonly values: Float32Array
  readonly labels: Record<string, Uint8Array> = {}
  readonly #request: SliceRequest
  readonly #post: (slice: Slice) => void
  #postedMs = 0

  constructor(request: SliceRequest, post: (slice: Slice) => void) {
    const pixels = request.labelsAlone ? 0 : request.columns * request.rows
    this.values = new Float32Array(pixels).fill(Number.NaN)
    this.#request = request
    this.#post = post
  }

  postNowAndThen(): void {
    if (performance.now() - this.#postedMs >= betweenMs) this.post(false)
  }

  post(sharp: boolean): void {
    const { originMm, columnMm, rowMm, columns, rows, labelIds } = this.#request
    const labels = Object.entries(this.labels).map(([labelId, bytes]) => [labelId, bytes.slice()])
    this.#post({
      ...{ originMm, columnMm, rowMm, columns, rows, sharp },
      // Whoever receives it may hand its memory on.
      values: this.values.slice(),
      ...(labelIds && { labels: Object.fromEntries(labels) }),
    })
    this.#postedMs = performance.now()
  }
}

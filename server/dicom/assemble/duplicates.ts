import { decodeSlice } from '../decode/decode-slice.ts'
import { readPixelBytes } from '../decode/read-pixel-bytes.ts'
import type { Instance } from '../instance.ts'
import { DicomError } from '../problem.ts'
import type { StoredSlice } from '../slice-source.ts'
import { orderAlongNormal, repeats, samePlaceMm } from './repeats.ts'
import { type Parts, tellApart } from './tell-apart.ts'

export interface WithoutDuplicates extends Parts {
  /** Copies left out: the same pixels in the same place. */
  readonly copies: readonly Instance[]
}

/**
 * Orders slices along the normal. What was sent twice is dropped; different images in one place are
 * told apart by echo, phase and the like, or refused as `duplicate-slice`.
 */
export async function withoutDuplicates(
  instances: readonly Instance[],
  sourceOf: (instance: Instance) => StoredSlice,
): Promise<WithoutDuplicates> {
  const all = orderAlongNormal(instances)
  const resent = new Set<Instance>()
  for (const [kept, next] of sentAgain(all)) {
    if (await samePixels(sourceOf(kept), sourceOf(next))) resent.add(next)
  }
  const ordered = all.filter((instance) => !resent.has(instance))
  const told = tellApart(ordered)
  if (told) return { ...told, copies: [...resent] }
  const repeated = repeats(ordered)
  const copies = new Set(resent)
  for (const [kept, next] of repeated) {
    const isCopy = isSamePlace(kept, next) && (await samePixels(sourceOf(kept), sourceOf(next)))
    if (!isCopy) throw different(ordered, repeated.length)
    copies.add(next)
  }
  const once = all.filter((instance) => !copies.has(instance))
  return { parts: [{ instances: once, words: [] }], rest: [], copies: [...copies] }
}

/** Pairs with one identifier and one place; the first of several is in every pair of it. */
function sentAgain(ordered: readonly Instance[]): readonly (readonly [Instance, Instance])[] {
  const first = new Map<string, Instance>()
  return ordered.flatMap((instance) => {
    const { sopInstanceUID, frameNumber = 0 } = instance.original
    const key = `${sopInstanceUID} ${frameNumber} ${instance.plane.position.join()}`
    const kept = sopInstanceUID ? first.get(key) : undefined
    if (!kept) first.set(key, instance)
    return kept ? [[kept, instance] as const] : []
  })
}

/** Beside one another, two images are no copies, whatever they show. */
function isSamePlace({ plane: a }: Instance, { plane: b }: Instance): boolean {
  return Math.hypot(...a.position.map((mm, axis) => mm - b.position[axis]!)) < samePlaceMm
}

/** Compares as written, then as decoded: one picture may be compressed in two ways. */
async function samePixels(a: StoredSlice, b: StoredSlice): Promise<boolean> {
  const written = await Promise.all([readPixelBytes(a), readPixelBytes(b)])
  if (a.location.kind === b.location.kind && Buffer.compare(...written) === 0) {
    return a.rescale.slope === b.rescale.slope && a.rescale.intercept === b.rescale.intercept
  }
  const [x, y] = [await decodeSlice(a), await decodeSlice(b)]
  return x.length === y.length && x.every((value, index) => value === y[index])
}

function different(ordered: readonly Instance[], count: number): DicomError {
  const places = new Set(ordered.map(({ plane }) => plane.position.join())).size
  if (places === 1) {
    return new DicomError('duplicate-slice', 'All images of the series lie at the same place.')
  }
  const what = count === 1 ? 'Two different images lie' : `${count} more images than places lie`
  return new DicomError('duplicate-slice', `${what} at the same place; which is right is unknown.`)
}

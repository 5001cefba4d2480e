import type { Keyword } from '../../../shared/dicom/attributes.ts'
import { minSlices } from '../bounds.ts'
import { decodeSlice } from '../decode/decode-slice.ts'
import { readPixelBytes } from '../decode/read-pixel-bytes.ts'
import type { Instance } from '../instance.ts'
import { DicomError } from '../problem.ts'
import type { StoredSlice } from '../slice-source.ts'
import { gapMm, orderAlongNormal } from './stack.ts'

/** Slices closer than this are in one place. */
const samePlaceMm = 0.01

/** What tells several volumes of one series apart (echoes, phases, b-values), in this order. */
const discriminators: readonly Keyword[] = [
  'AcquisitionNumber',
  'TemporalPositionIdentifier',
  'EchoTime',
  'EchoNumbers',
  'DiffusionBValue',
  'InversionTime',
  'TriggerTime',
  'ImageType',
]

export interface WithoutDuplicates {
  /** One stack or, where the series holds several volumes over the same places, one for each. */
  readonly stacks: readonly (readonly Instance[])[]
  /** Copies left out: the same pixels in the same place. */
  readonly copies: readonly Instance[]
}

/**
 * Orders slices along the normal. Copies are dropped; different images in one place are told apart
 * by echo, phase and the like, or refused as `duplicate-slice`.
 */
export async function withoutDuplicates(
  instances: readonly Instance[],
  sourceOf: (instance: Instance) => StoredSlice,
): Promise<WithoutDuplicates> {
  const ordered = orderAlongNormal(instances)
  const repeated = repeats(ordered)
  if (repeated.length === 0) return { stacks: [ordered], copies: [] }
  const separated = separate(ordered)
  if (separated) return { stacks: separated, copies: [] }
  const copies = new Set<Instance>()
  for (const [kept, next] of repeated) {
    if (await samePixels(sourceOf(kept), sourceOf(next))) copies.add(next)
    else throw different(ordered, repeated.length)
  }
  return { stacks: [ordered.filter((instance) => !copies.has(instance))], copies: [...copies] }
}

/** Pairs in one place; the first of a place is in every pair of it. */
function repeats(ordered: readonly Instance[]): readonly (readonly [Instance, Instance])[] {
  let kept = ordered[0]!
  return ordered.slice(1).flatMap((next) => {
    if (gapMm(kept.plane, next.plane) < samePlaceMm) return [[kept, next] as const]
    kept = next
    return []
  })
}

function separate(ordered: readonly Instance[]): readonly (readonly Instance[])[] | undefined {
  for (const keyword of discriminators) {
    const groups = Map.groupBy(ordered, ({ dataSet }) =>
      [...dataSet.numbers(keyword), ...dataSet.strings(keyword)].join(),
    )
    const parts = [...groups.values()]
    const isClean = parts.every((part) => part.length >= minSlices && repeats(part).length === 0)
    if (parts.length > 1 && isClean) return parts
  }
  return undefined
}

/** Compares as written, then as decoded: one picture may be compressed in two ways. */
async function samePixels(a: StoredSlice, b: StoredSlice): Promise<boolean> {
  const written = await Promise.all([readPixelBytes(a), readPixelBytes(b)])
  if (a.location.kind === b.location.kind && Buffer.compare(...written) === 0) {
    return a.rescale.slope === b.rescale.slope && a.rescale.intercept === b.rescale.intercept
  }
  const [x, y] = await Promise.all([decodeSlice(a), decodeSlice(b)])
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

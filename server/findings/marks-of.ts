import type { Annotation } from '../../shared/conference/event.ts'
import { measured } from '../../shared/conference/marks.ts'
import { type FindingMark, findingKind } from '../../shared/findings/finding-mark.ts'

/** The marks in a conference's durable state that can go out, in the order they were made. */
export function marksOf(state: Record<string, unknown>): FindingMark[] {
  const annotations = Object.values((state.annotations ?? {}) as Record<string, Annotation>)
  return annotations
    .flatMap((annotation) => markOf(annotation) ?? [])
    .toSorted((a, b) => a.atMs - b.atMs || a.annotationId.localeCompare(b.annotationId))
}

function markOf(annotation: Annotation): FindingMark | undefined {
  const { annotationId, volumeId, pointsMm, text, authorName, atMs } = annotation
  const kind = findingKind(annotation.kind, pointsMm.length)
  if (!kind) return undefined
  const words = text && { text }
  const read = measured.safeParse(annotation.measured)
  const values = read.success && { measured: read.data }
  return { annotationId, volumeId, kind, pointsMm, ...words, ...values, authorName, atMs }
}

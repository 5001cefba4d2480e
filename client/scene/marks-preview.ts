import type { AnnotationView, ConferenceView } from '../conference/conference-view.ts'
import type { MarkPreview } from './stage-space.ts'

/**
 * A mark that is being drawn or changed, as the marks that are there. One that stands in for
 * another keeps its author and colour, and none of what was read from its old place.
 */
export function previewOf(preview: MarkPreview, view: ConferenceView): AnnotationView {
  const { kind, pointsMm, annotationId, text } = preview
  const changed = view.annotations.find((mark) => mark.annotationId === annotationId)
  if (changed) {
    const words = [changed.text, text].filter(Boolean).join(' · ')
    return { ...changed, pointsMm, text: words, measured: undefined }
  }
  return {
    annotationId: 'preview',
    volumeId: view.shownVolumeId,
    kind,
    pointsMm,
    text: text ?? '',
    measured: undefined,
    authorId: view.me.participantId,
    authorName: view.me.displayName,
    colour: view.participants.find((person) => person.isMe)?.colour ?? '#ffffff',
    atMs: 0,
    mine: true,
  }
}

/** The marks of a volume, each once: the last of those with one id stands for it. */
export function marksShown(
  annotations: readonly AnnotationView[],
  volumeId: string,
): readonly AnnotationView[] {
  const byId = new Map<string, AnnotationView>()
  for (const mark of annotations) if (mark.volumeId === volumeId) byId.set(mark.annotationId, mark)
  return [...byId.values()]
}

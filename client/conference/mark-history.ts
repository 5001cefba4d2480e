import type { Asked } from './conference-session.ts'
import type { AnnotationView } from './conference-view.ts'

/** A mark of one's own, made or deleted, or one that was changed. */
export type MarkStep =
  | { readonly did: 'added' | 'deleted'; readonly annotation: AnnotationView }
  | { readonly did: 'changed'; readonly before: AnnotationView; readonly after: AnnotationView }

/**
 * What one person did with marks, to be taken back and done again whatever others do meanwhile: what
 * they made and deleted of their own, and what they corrected of anybody's. A step is remembered when
 * it is asked for, and forgotten where it is refused.
 */
export class MarkHistory {
  readonly #done: MarkStep[] = []
  readonly #undone: MarkStep[] = []

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  /** The step that a command is, by the marks before it and as foreseen after it; most are none. */
  did(
    asked: Asked,
    marks: { before: readonly AnnotationView[]; after: readonly AnnotationView[] },
  ): MarkStep | undefined {
    const step = stepOf(asked, marks)
    if (!step) return undefined
    this.#done.push(step)
    this.#undone.length = 0
    return step
  }

  forget(step: MarkStep): void {
    for (const steps of [this.#done, this.#undone]) {
      const at = steps.indexOf(step)
      if (at >= 0) steps.splice(at, 1)
    }
  }

  undo(): { asked: Asked; step: MarkStep } | undefined {
    const step = this.#done.pop()
    if (!step) return undefined
    this.#undone.push(step)
    return { asked: undoing(step), step }
  }

  redo(): { asked: Asked; step: MarkStep } | undefined {
    const step = this.#undone.pop()
    if (!step) return undefined
    this.#done.push(step)
    return { asked: redoing(step), step }
  }
}

function stepOf(
  asked: Asked,
  marks: { before: readonly AnnotationView[]; after: readonly AnnotationView[] },
): MarkStep | undefined {
  switch (asked.type) {
    case 'addAnnotation':
    case 'deleteAnnotation': {
      const did = asked.type === 'addAnnotation' ? 'added' : 'deleted'
      const among = did === 'added' ? marks.after : marks.before
      const annotation = among.find((mark) => mark.annotationId === asked.annotationId)
      return annotation?.mine ? { did, annotation } : undefined
    }
    case 'updateAnnotation': {
      const before = marks.before.find((mark) => mark.annotationId === asked.annotationId)
      if (!before) return undefined
      const { pointsMm = before.pointsMm, text = before.text, measured = before.measured } = asked
      return { did: 'changed', before, after: { ...before, pointsMm, text, measured } }
    }
    default:
      return undefined
  }
}

function undoing(step: MarkStep): Asked {
  if (step.did === 'changed') return change(step.before)
  return step.did === 'added' ? removal(step.annotation) : addition(step.annotation)
}

function redoing(step: MarkStep): Asked {
  if (step.did === 'changed') return change(step.after)
  return step.did === 'added' ? addition(step.annotation) : removal(step.annotation)
}

const removal = ({ annotationId }: AnnotationView): Asked => ({
  type: 'deleteAnnotation',
  annotationId,
})

const addition = (annotation: AnnotationView): Asked => {
  const { annotationId, volumeId, kind, pointsMm, text, measured } = annotation
  return {
    type: 'addAnnotation',
    annotationId,
    volumeId,
    kind,
    pointsMm,
    ...(text && { text }),
    ...(measured && { measured }),
  }
}

/** Words that a mark had none of stay: a command has no empty ones. */
const change = ({ annotationId, pointsMm, text, measured }: AnnotationView): Asked => ({
  type: 'updateAnnotation',
  annotationId,
  pointsMm,
  ...(text && { text }),
  ...(measured && { measured }),
})

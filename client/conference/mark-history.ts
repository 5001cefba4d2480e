import type { Asked } from './conference-session.ts'
import type { AnnotationView } from './conference-view.ts'

/** One's own mark, made or deleted. */
export interface MarkStep {
  readonly did: 'added' | 'deleted'
  readonly annotation: AnnotationView
}

/**
 * What one person did with their own marks, to be taken back and done again whatever others do
 * meanwhile. A step is remembered when it is asked for, and forgotten where it is refused.
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
    if (asked.type !== 'addAnnotation' && asked.type !== 'deleteAnnotation') return undefined
    const did = asked.type === 'addAnnotation' ? 'added' : 'deleted'
    const among = did === 'added' ? marks.after : marks.before
    const annotation = among.find((mark) => mark.annotationId === asked.annotationId)
    if (!annotation?.mine) return undefined
    const step: MarkStep = { did, annotation }
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
    const { did, annotation } = step
    return { asked: did === 'added' ? removal(annotation) : addition(annotation), step }
  }

  redo(): { asked: Asked; step: MarkStep } | undefined {
    const step = this.#undone.pop()
    if (!step) return undefined
    this.#done.push(step)
    const { did, annotation } = step
    return { asked: did === 'added' ? addition(annotation) : removal(annotation), step }
  }
}

const removal = ({ annotationId }: AnnotationView): Asked => ({
  type: 'deleteAnnotation',
  annotationId,
})

const addition = ({ annotationId, volumeId, kind, pointsMm, text }: AnnotationView): Asked => ({
  type: 'addAnnotation',
  annotationId,
  volumeId,
  kind,
  pointsMm,
  ...(text && { text }),
})

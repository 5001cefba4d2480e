import type { Asked } from './conference-session.ts'
import type { AnnotationView } from './conference-view.ts'

type Step = { readonly did: 'added' | 'deleted'; readonly annotation: AnnotationView }

/** What one person did with marks, to be taken back and done again: whatever others do meanwhile. */
export class MarkHistory {
  readonly #done: Step[] = []
  readonly #undone: Step[] = []

  get canUndo(): boolean {
    return this.#done.length > 0
  }

  get canRedo(): boolean {
    return this.#undone.length > 0
  }

  did(step: Step): void {
    this.#done.push(step)
    this.#undone.length = 0
  }

  undo(): Asked | undefined {
    const step = this.#done.pop()
    if (!step) return undefined
    this.#undone.push(step)
    return step.did === 'added' ? removal(step.annotation) : addition(step.annotation)
  }

  redo(): Asked | undefined {
    const step = this.#undone.pop()
    if (!step) return undefined
    this.#done.push(step)
    return step.did === 'added' ? addition(step.annotation) : removal(step.annotation)
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

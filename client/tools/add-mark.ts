import { type AnnotationKind, type Measured, mayBeMeasured } from '../../shared/conference/marks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { AnnotationView } from '../conference/conference-view.ts'
import type { Easel } from './easel.ts'
import { measureValues } from './measure-values.ts'

type Board = Pick<Easel<never>, 'session' | 'preview' | 'values' | 'notice'>
type Ask = (read: { readonly measured?: Measured }) => Promise<unknown>

/** A new mark of the shown volume, as a command has it. */
export function mark<K extends AnnotationKind>(kind: K, pointsMm: readonly Vec3[]) {
  return {
    annotationId: newAnnotationId(),
    kind,
    pointsMm,
  }
}

/** Adds a mark, once its values are read; one whose values cannot be had is not added. */
export async function addMark(
  easel: Board,
  kind: AnnotationKind,
  pointsMm: readonly Vec3[],
  text?: string,
): Promise<void> {
  const { shownVolumeId } = easel.session.getSnapshot()
  const made = {
    type: 'addAnnotation',
    ...(shownVolumeId && { volumeId: shownVolumeId }),
    ...mark(kind, pointsMm),
    ...(text && { text }),
  } as const
  const add: Ask = (read) => easel.session.command({ ...made, ...read })
  if (mayBeMeasured(kind)) await withValues(easel, { kind, pointsMm }, add)
  else await add({})
}

/** Changes where a mark is, and what was read there; its new place stays in sight meanwhile. */
export async function changeMark(
  easel: Board,
  { annotationId, kind }: Pick<AnnotationView, 'annotationId' | 'kind'>,
  pointsMm: readonly Vec3[],
): Promise<void> {
  const changed = { kind, pointsMm, annotationId }
  const change: Ask = (read) =>
    easel.session.command({ type: 'updateAnnotation', annotationId, pointsMm, ...read })
  if (mayBeMeasured(kind)) {
    await withValues(easel, changed, change)
    return
  }
  const done = easel.preview(changed)
  await change({})
  done()
}

/** The preview says that it is measured, and stays until the command has been answered. */
async function withValues(
  easel: Board,
  drawn: { kind: AnnotationKind; pointsMm: readonly Vec3[]; annotationId?: string },
  ask: Ask,
): Promise<void> {
  const values = easel.values()
  if (!values) {
    easel.notice('The values of this series are not here yet: try again in a moment.')
    return
  }
  const done = easel.preview({ ...drawn, text: 'measuring…' })
  try {
    const measured = await measureValues(values, drawn.kind, drawn.pointsMm)
    if (measured) {
      const answering = ask({ measured })
      // a new mark is foreseen from here on; a changed one stays where the hand has left it
      if (drawn.annotationId === undefined) done()
      await answering
    } else easel.notice('There are no values here to measure: mark inside the picture.')
  } catch {
    easel.notice('The values could not be read. Try again when the line is back.')
  }
  done()
}

function newAnnotationId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

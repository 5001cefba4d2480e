import type { ConferenceView } from '../../conference/conference-view.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { MenuItem } from '../panel/menu-item.ts'

export function markItems({ session }: ImmersionHost): readonly MenuItem[] {
  const { annotations } = session.getSnapshot()
  return [
    {
      id: 'undo',
      label: 'Undo',
      detail: 'your last mark',
      disabled: !session.canUndo,
      run: () => session.undo(),
    },
    { id: 'redo', label: 'Redo', disabled: !session.canRedo, run: () => session.redo() },
    {
      id: 'delete-last',
      label: 'Delete',
      detail: 'the newest mark you may',
      disabled: newestMine(annotations, session) === undefined,
      run: () => {
        const annotationId = newestMine(session.getSnapshot().annotations, session)
        if (annotationId) void session.command({ type: 'deleteAnnotation', annotationId })
      },
    },
  ]
}

function newestMine(
  annotations: ConferenceView['annotations'],
  session: ImmersionHost['session'],
): string | undefined {
  return annotations.findLast(
    ({ annotationId }) => session.may('deleteAnnotation', annotationId) === 'yes',
  )?.annotationId
}

import {
  Circle,
  Contrast,
  Laser,
  Lasso,
  type LucideIcon,
  MapPin,
  Move,
  MoveUpRight,
  Pipette,
  Rotate3d,
  Ruler,
  Scaling,
  Slice,
  TriangleRight,
  Type,
} from 'lucide-react'
import { mayPoint, type Verdict } from '../../../shared/conference/permissions.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { ToolId } from '../../scene/tool-id.ts'

export interface ToolEntry {
  readonly id: ToolId
  readonly name: string
  /** One letter; pressed anywhere on the page but in a field. */
  readonly key: string
  readonly icon: LucideIcon
  /** What a drag or a tap does, while one may. */
  readonly does: string
  /** What it does to one's own camera for whoever does not lead. */
  readonly doesAlone?: string
}

export const toolEntries: readonly ToolEntry[] = [
  {
    id: 'turn',
    name: 'Turn',
    key: 'V',
    icon: Rotate3d,
    does: 'Turn the volume for everybody',
    doesAlone: 'Look around the volume yourself',
  },
  {
    id: 'move',
    name: 'Move',
    key: 'M',
    icon: Move,
    does: 'Move the volume for everybody',
    doesAlone: 'Shift your own view',
  },
  {
    id: 'scale',
    name: 'Size',
    key: 'S',
    icon: Scaling,
    does: 'Drag up to make the volume larger for everybody',
    doesAlone: 'Come nearer yourself',
  },
  { id: 'laser', name: 'Laser', key: 'L', icon: Laser, does: 'Point with your laser' },
  { id: 'point', name: 'Point', key: 'P', icon: MapPin, does: 'Leave a point on the tissue' },
  { id: 'arrow', name: 'Arrow', key: 'A', icon: MoveUpRight, does: 'Draw an arrow to the tissue' },
  { id: 'text', name: 'Text', key: 'T', icon: Type, does: 'Write words at a place' },
  { id: 'probe', name: 'Probe', key: 'I', icon: Pipette, does: 'Read the value at a place' },
  {
    id: 'length',
    name: 'Length',
    key: 'D',
    icon: Ruler,
    does: 'Measure mm: drag, or press at both ends',
  },
  {
    id: 'angle',
    name: 'Angle',
    key: 'G',
    icon: TriangleRight,
    does: 'Measure an angle: drag one arm, then press at the end of the other',
  },
  {
    id: 'ellipse',
    name: 'Ellipse',
    key: 'O',
    icon: Circle,
    does: 'Measure what an ellipse holds: drag across it on a slice',
  },
  {
    id: 'freehand',
    name: 'Outline',
    key: 'U',
    icon: Lasso,
    does: 'Measure what an outline holds: draw around it on a slice',
  },
  { id: 'clip', name: 'Clip', key: 'C', icon: Slice, does: 'Cut the volume by a plane' },
  { id: 'window', name: 'Window', key: 'W', icon: Contrast, does: 'Drag centre and width' },
]

/** Whether a tool is of use to this person now; the session's table decides. */
export function mayUse(tool: ToolId, session: ConferenceSession): Verdict {
  switch (tool) {
    case 'turn':
    case 'move':
    case 'scale':
      return 'yes' // their own camera at the least
    case 'laser':
      return mayPoint(session.getSnapshot().me.role) ? 'yes' : 'not-allowed'
    case 'clip':
      return session.may('setClippingPlane')
    case 'window':
      return session.may('setWindow')
    default:
      return session.may('addAnnotation')
  }
}

export function whatToolDoes(entry: ToolEntry, session: ConferenceSession): string {
  return entry.doesAlone && session.may('setVolumePose') !== 'yes' ? entry.doesAlone : entry.does
}

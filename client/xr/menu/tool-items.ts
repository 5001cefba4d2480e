import { mayPoint } from '../../../shared/conference/permissions.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import type { MenuItem } from '../panel/menu-item.ts'

type Named = readonly (readonly [ToolId, string, detail?: string])[]

const marking: Named = [
  ['laser', 'Laser'],
  ['point', 'Point'],
  ['arrow', 'Arrow'],
  ['text', 'Text'],
]
const shaping: Named = [
  ['clip', 'Clip'],
  ['window', 'Window'],
]
const measuring: Named = [
  ['length', 'Length'],
  ['angle', 'Angle'],
  ['probe', 'Probe'],
  ['ellipse', 'Ellipse', 'on the slice'],
  ['freehand', 'Outline', 'on the slice'],
]
const posing: Named = [
  ['turn', 'Turn'],
  ['move', 'Move'],
  ['scale', 'Size'],
]

/** What the trigger does; what belongs together has a level of its own. */
export function toolItems(host: ImmersionHost): readonly MenuItem[] {
  const items = (named: Named) => named.map((each) => toolItem(host, ...each))
  const level = (id: string, label: string, named: Named): MenuItem => {
    const [, held] = named.find(([tool]) => tool === host.tool()) ?? []
    return { id, label, ...(held && { detail: held }), children: () => items(named) }
  }
  return [
    ...items(marking),
    level('measure', 'Measure', measuring),
    ...items(shaping),
    level('volume', 'Volume', posing),
  ]
}

function toolItem(host: ImmersionHost, tool: ToolId, label: string, detail?: string): MenuItem {
  return {
    id: tool,
    label,
    ...(detail && { detail }),
    pressed: host.tool() === tool,
    disabled: !usable(host, tool),
    run: () => host.setTool(tool),
  }
}

function usable({ session }: ImmersionHost, tool: ToolId): boolean {
  switch (tool) {
    case 'laser':
      return mayPoint(session.getSnapshot().me.role)
    case 'clip':
      return session.may('setClippingPlane') === 'yes'
    case 'window':
      return session.may('setWindow') === 'yes'
    case 'turn':
    case 'move':
    case 'scale':
      return session.may('setVolumePose') === 'yes'
    default:
      return session.may('addAnnotation') === 'yes'
  }
}

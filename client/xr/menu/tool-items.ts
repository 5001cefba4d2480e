import { mayPoint } from '../../../shared/conference/permissions.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import type { MenuItem } from '../panel/menu-item.ts'

const toolNames: readonly (readonly [ToolId, string])[] = [
  ['laser', 'Laser'],
  ['point', 'Point'],
  ['arrow', 'Arrow'],
  ['text', 'Text'],
  ['clip', 'Clip'],
  ['window', 'Window'],
  ['turn', 'Turn'],
  ['move', 'Move'],
  ['scale', 'Size'],
]

export function toolItems(host: ImmersionHost): readonly MenuItem[] {
  const { session } = host
  const usable = (tool: ToolId) => {
    if (tool === 'laser') return mayPoint(session.getSnapshot().me.role)
    if (tool === 'clip') return session.may('setClippingPlane') === 'yes'
    if (tool === 'window') return session.may('setWindow') === 'yes'
    if (['turn', 'move', 'scale'].includes(tool)) return session.may('setVolumePose') === 'yes'
    return session.may('addAnnotation') === 'yes'
  }
  return toolNames.map(([tool, label]) => ({
    id: tool,
    label,
    pressed: host.tool() === tool,
    disabled: !usable(tool),
    run: () => host.setTool(tool),
  }))
}

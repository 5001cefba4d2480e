import { type RenderMode, renderModes } from '../../../shared/volume/render-mode.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import { setMode } from '../../tools/look-deeds.ts'
import type { MenuItem } from '../panel/menu-item.ts'

const names: Readonly<Record<RenderMode, string>> = {
  composite: 'Composite',
  mip: 'MIP',
  minip: 'MinIP',
  isosurface: 'Surface',
}

/** What each line of sight shows. */
export function modeItems({ session }: ImmersionHost): readonly MenuItem[] {
  const { renderMode } = session.getSnapshot()
  return renderModes.map((mode) => ({
    id: mode,
    label: names[mode],
    pressed: renderMode === mode,
    disabled: session.may('setRenderMode') !== 'yes',
    run: () => setMode(session, mode),
  }))
}

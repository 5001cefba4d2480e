import { type RenderMode, renderModes } from '../../../shared/volume/render-mode.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { MenuItem } from '../panel/menu-item.ts'

const names: Readonly<Record<RenderMode, string>> = {
  composite: 'Composite',
  mip: 'MIP',
  minip: 'MinIP',
  isosurface: 'Surface',
}

/** What each line of sight shows. A surface opens at the middle of the window. */
export function modeItems({ session }: ImmersionHost): readonly MenuItem[] {
  const { renderMode, isoValue, window } = session.getSnapshot()
  const surface = { isoValue: isoValue || window.windowCenter }
  return renderModes.map((mode) => ({
    id: mode,
    label: names[mode],
    pressed: renderMode === mode,
    disabled: session.may('setRenderMode') !== 'yes',
    run: () => {
      const opens = mode === 'isosurface' && surface
      void session.command({ type: 'setRenderMode', renderMode: mode, ...opens })
    },
  }))
}

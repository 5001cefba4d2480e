import type { HandTool } from './hand-tool.ts'

/** Points for everybody without being pressed: `Pointing` shows it. */
export const laser: HandTool = {
  id: 'laser',
  name: 'Laser',
  aims: true,
  begin: () => undefined,
}

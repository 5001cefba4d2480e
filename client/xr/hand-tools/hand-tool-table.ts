import type { ToolId } from '../../scene/tool-id.ts'
import { clip } from './clip-tool.ts'
import type { HandTool } from './hand-tool.ts'
import { laser } from './laser-tool.ts'
import { arrow, point, text } from './mark-tools.ts'
import { angle, lengthTool, onSlice, probe } from './measure-tools.ts'
import { move, scaling, turn } from './pose-tools.ts'
import { windowing } from './window-tool.ts'

export const handTools: Readonly<Record<ToolId, HandTool>> = {
  turn,
  move,
  scale: scaling,
  laser,
  point,
  arrow,
  text,
  probe,
  length: lengthTool,
  angle,
  ellipse: onSlice('ellipse', 'Ellipse', 'An ellipse'),
  freehand: onSlice('freehand', 'Outline', 'An outline'),
  clip,
  window: windowing,
}

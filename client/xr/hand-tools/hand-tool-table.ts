import type { ToolId } from '../../scene/tool-id.ts'
import { clip } from './clip-tool.ts'
import type { HandTool } from './hand-tool.ts'
import { laser } from './laser-tool.ts'
import { arrow, point, text } from './mark-tools.ts'
import { lengthTool, onPage, probe } from './measure-tools.ts'
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
  angle: onPage('angle', 'Angle'),
  ellipse: onPage('ellipse', 'Ellipse'),
  freehand: onPage('freehand', 'Outline'),
  clip,
  window: windowing,
}

import type { ToolId } from '../scene/tool-id.ts'
import { clip } from './clip.ts'
import { laser } from './laser.ts'
import { arrow, point, text } from './mark.ts'
import { angle, ellipse, freehand, lengthTool, probe } from './measure.ts'
import { move } from './move.ts'
import { scaling } from './scale.ts'
import type { Tool } from './tool.ts'
import { turn } from './turn.ts'
import { windowing } from './window.ts'

export const tools: Readonly<Record<ToolId, Tool>> = {
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
  ellipse,
  freehand,
  clip,
  window: windowing,
}

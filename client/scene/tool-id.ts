/** The active tool: what a drag or a tap on the volume does. */
export type ToolId =
  | 'turn'
  | 'move'
  | 'scale'
  | 'laser'
  | 'point'
  | 'arrow'
  | 'text'
  | 'clip'
  | 'window'

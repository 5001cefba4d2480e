import type { Vec3 } from '../geometry/transform.ts'
import type { RenderMode } from '../volume/render-mode.ts'
import type { Window } from './event.ts'

/** What deciding needs to know of the case on the table. */
export interface CaseFacts {
  readonly caseId: string
  /** The first is shown when the conference opens. */
  readonly volumes: readonly VolumeFacts[]
}

export interface VolumeFacts {
  readonly volumeId: string
  readonly frameOfReferenceUID: string
  /** The middle of the volume's box, patient mm. */
  readonly centreMm: Vec3
  readonly defaultWindow: Window
  readonly labelIds: readonly string[]
  readonly presets: readonly { presetId: string; window: Window; renderMode?: RenderMode }[]
}

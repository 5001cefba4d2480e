import type { CaseFacts } from '../shared/conference/case-facts.ts'
import { transform } from '../shared/geometry/transform.ts'
import { centreOfBox } from '../shared/geometry/volume-pose.ts'
import { presetsFor } from '../shared/volume/presets.ts'
import type { CaseRecord } from './library/ports.ts'

/** What a conference needs to know of a case: where its volumes are and how they open. */
export function caseFacts({ caseId, volumes }: CaseRecord): CaseFacts {
  return {
    caseId,
    volumes: volumes.map((manifest) => ({
      volumeId: manifest.volumeId,
      frameOfReferenceUID: manifest.frameOfReferenceUID,
      centreMm: centreOfBox(transform(manifest.patientFromVoxel), manifest.dims),
      defaultWindow: manifest.defaultWindow,
      labelIds: (manifest.labels ?? []).map(({ labelId }) => labelId),
      presets: presetsFor(manifest.modality).map(({ presetId, window, renderMode }) => ({
        presetId,
        window: window ?? manifest.defaultWindow,
        ...(renderMode && { renderMode }),
      })),
    })),
  }
}

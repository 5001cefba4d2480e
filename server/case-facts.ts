import type { CaseFacts } from '../shared/conference/case-facts.ts'
import { transform } from '../shared/geometry/transform.ts'
import { centreOfBox } from '../shared/geometry/volume-pose.ts'
import { presetsFor } from '../shared/volume/presets.ts'
import type { CaseRecord } from './library/ports.ts'

/**
 * What a conference needs to know of a case, and of the one it is compared with: where their volumes
 * are and how they open. The case's own come first, and of them the one that a conference opens with.
 */
export function caseFacts({ caseId, volumes }: CaseRecord, prior?: CaseRecord): CaseFacts {
  return {
    caseId,
    volumes: [...inOpeningOrder(volumes), ...(prior?.volumes ?? [])].map((manifest) => ({
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

/** Anatomy before function: PET is coarse, and is read over a CT or an MR. */
function inOpeningOrder(volumes: CaseRecord['volumes']): CaseRecord['volumes'] {
  const isFunction = ({ modality }: { modality: string }) => ['PT', 'NM'].includes(modality)
  return [...volumes.filter((one) => !isFunction(one)), ...volumes.filter(isFunction)]
}

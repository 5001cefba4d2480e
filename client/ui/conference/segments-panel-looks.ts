import { mostSegmentsAtOnce, type SegmentLook } from '../../../shared/conference/looks.ts'
import type { VolumeLabel, VolumeManifest } from '../../../shared/volume/manifest.ts'

export interface ListedSegment {
  readonly label: VolumeLabel
  readonly look: SegmentLook
}

/** A volume whose segments are listed; the shown one comes first. */
export interface ListedVolume {
  readonly volume: VolumeManifest
  readonly segments: readonly ListedSegment[]
}

/** The segments that lie in the shown volume's space. What nobody has shown yet is hidden. */
export function listedSegments(
  volumes: readonly VolumeManifest[],
  shownVolumeId: string,
  looks: readonly SegmentLook[],
): readonly ListedVolume[] {
  const shown = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
  if (!shown) return []
  const others = volumes.filter(
    (volume) => volume !== shown && volume.frameOfReferenceUID === shown.frameOfReferenceUID,
  )
  return [shown, ...others]
    .map((volume) => ({
      volume,
      segments: (volume.labels ?? []).map((label) => ({
        label,
        look: lookOf(volume.volumeId, label.labelId, looks),
      })),
    }))
    .filter(({ segments }) => segments.length > 0)
}

function lookOf(volumeId: string, labelId: string, looks: readonly SegmentLook[]): SegmentLook {
  const found = looks.find((look) => look.volumeId === volumeId && look.labelId === labelId)
  return found ?? { volumeId, labelId, visible: false, opacity: 1 }
}

/** Those that must change so that all are shown or hidden; an invisible opacity is put right. */
export function allShown(listed: readonly ListedVolume[], visible: boolean): SegmentLook[] {
  return listed
    .flatMap(({ segments }) => segments)
    .filter(({ look }) => look.visible !== visible)
    .map(({ look }) => ({ ...look, visible, opacity: look.opacity || 1 }))
    .slice(0, mostSegmentsAtOnce)
}

import type { VolumeManifest } from '../../shared/volume/manifest.ts'

/** Body Part Examined (PS3.16 Annex L) of scans that reach the face. */
const withFace = new Set(
  `BRAIN CEREBELLUM CHEEK CIRCLEOFWILLIS EAR EYE FACE HEAD HEADNECK IAC JAW MANDIBLE MAXILLA NECK
  NECKCHEST NECKCHESTABDOMEN NECKCHESTABDPELV NOSE ORBIT PAROTID PHARYNX PITUITARY SELLA SINUS SKULL
  TMJOINT TONGUE WHOLEBODY ZYGOMA LARYNX CSPINE CAROTID CTSPINE`.split(/\s+/),
)

/** What is at most this wide may be a head, where nobody says what it is. */
const widestHeadMm = 320
const smallestFaceMm = 80
/** What is longer than this may reach from the thighs to the head, whatever it is called. */
const longestTrunkMm = 700

/**
 * Whether a face could be rendered from one of the volumes. PET is too coarse. Where the body part is
 * not known, by size: better asked for once too often.
 */
export function mayShowFace(
  bodyPart: string | undefined,
  volumes: readonly Pick<VolumeManifest, 'modality' | 'dims' | 'patientFromVoxel'>[],
): boolean {
  return volumes.some((volume) => {
    if (volume.modality !== 'CT' && volume.modality !== 'MR') return false
    if (bodyPart && withFace.has(bodyPart.toUpperCase())) return true
    const sizesMm = extentMm(volume)
    if (sizesMm[2] > longestTrunkMm) return true
    if (bodyPart) return false
    return (
      sizesMm.every((mm) => mm >= smallestFaceMm) &&
      Math.max(sizesMm[0], sizesMm[1]) <= widestHeadMm
    )
  })
}

/** Of the box around the volume along the patient's axes: left to right, front to back, foot to head. */
function extentMm({
  dims,
  patientFromVoxel,
}: Pick<VolumeManifest, 'dims' | 'patientFromVoxel'>): [number, number, number] {
  const along = (row: number) =>
    dims.reduce((sum, size, axis) => sum + size * Math.abs(patientFromVoxel[4 * row + axis]!), 0)
  return [along(0), along(1), along(2)]
}

import type { AnnotationKind, Measured } from '../../shared/conference/marks.ts'
import { outlineOf } from '../../shared/findings/mark-path.ts'
import { regionArea } from '../../shared/findings/mark-words.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { shownScale } from '../../shared/volume/suv.ts'
import type { StoredValues } from '../scene/stage-space.ts'

/**
 * What a probe or a region reads, from the stored values of the finest level, in the unit that
 * people read: SUV where it is known. Undefined where there is no value.
 */
export async function measureValues(
  values: StoredValues,
  kind: AnnotationKind,
  pointsMm: readonly Vec3[],
): Promise<Measured | undefined> {
  const { perStored, unit } = readScale(values.manifest)
  const [first] = pointsMm
  if (kind === 'probe') {
    const stored = first && (await values.valueAt(first))
    if (stored === undefined) return undefined
    const value = stored * perStored
    return { mean: value, standardDeviation: 0, min: value, max: value, areaMm2: 0, unit }
  }
  if (kind !== 'ellipse' && kind !== 'freehand') return undefined
  const inside = await values.region(outlineOf(kind, pointsMm))
  return (
    inside && {
      mean: inside.mean * perStored,
      standardDeviation: inside.standardDeviation * perStored,
      min: inside.min * perStored,
      max: inside.max * perStored,
      // an outline that crosses itself encloses what its values were read in
      areaMm2: kind === 'ellipse' ? regionArea(kind, pointsMm) : inside.areaMm2,
      unit,
    }
  )
}

/** Values without a unit, as MR's, are in arbitrary ones. */
export function readScale(manifest: Pick<VolumeManifest, 'unit' | 'suvbwFactor'>) {
  const { unit, perStored } = shownScale(manifest)
  return { unit: unit || 'a.u.', perStored }
}

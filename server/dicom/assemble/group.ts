import type { Instance } from '../instance.ts'
import { studyDateOf } from '../leaving/case-description.ts'
import { DicomError } from '../problem.ts'

/** By Study Instance UID, in the order of the studies' dates, undated last, then of appearance. */
export function groupByStudy(instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const groups = Map.groupBy(instances, ({ dataSet }) => dataSet.string('StudyInstanceUID'))
  const dated = [...groups.values()].map((study) => ({ study, date: studyDateOf(study) ?? '~' }))
  const byDate = dated.toSorted((a, b) => (a.date < b.date ? -1 : Number(a.date > b.date)))
  return byDate.map(({ study }) => study)
}

/** By Series Instance UID, in the order of Series Number. */
export function groupBySeries(instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const groups = Map.groupBy(instances, ({ dataSet }) => dataSet.string('SeriesInstanceUID'))
  return [...groups.values()].toSorted((a, b) => seriesNumber(a) - seriesNumber(b))
}

/** One group for each size and pixel spacing, largest first. */
export function groupByGrid(instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const groups = Map.groupBy(instances, ({ pixels, plane, modality }) =>
    [modality, pixels.columns, pixels.rows, ...plane.spacingMm.map((mm) => mm.toFixed(4))].join(),
  )
  return [...groups.values()].toSorted((a, b) => b.length - a.length)
}

/** Throws `mixed-orientation` unless all planes are parallel to within a tenth of a degree. */
export function checkParallel(instances: readonly Instance[]): void {
  const first = instances[0]!.plane
  const isTurned = ({ plane }: Instance) =>
    [0, 1, 2].some(
      (axis) =>
        Math.abs(plane.row[axis]! - first.row[axis]!) > directionTolerance ||
        Math.abs(plane.column[axis]! - first.column[axis]!) > directionTolerance,
    )
  const turned = instances.filter(isTurned).length
  if (turned === 0) return
  const message = `The slices lie in different planes: ${turned} of ${instances.length} are turned.`
  throw new DicomError('mixed-orientation', message)
}

const directionTolerance = 0.0017

function seriesNumber([first]: readonly Instance[]): number {
  return first?.dataSet.number('SeriesNumber') ?? Number.MAX_SAFE_INTEGER
}

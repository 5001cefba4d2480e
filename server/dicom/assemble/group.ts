import type { Instance } from '../instance.ts'
import { studyDateOf } from '../leaving/case-description.ts'

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

/** One group for each size, pixel spacing and frame of reference, largest first. */
export function groupByGrid(instances: readonly Instance[]): readonly (readonly Instance[])[] {
  const groups = Map.groupBy(instances, ({ pixels, plane, modality, dataSet }) =>
    [
      modality,
      pixels.columns,
      pixels.rows,
      ...plane.spacingMm.map((mm) => mm.toFixed(4)),
      dataSet.string('FrameOfReferenceUID'),
    ].join(),
  )
  return [...groups.values()].toSorted((a, b) => b.length - a.length)
}

/** One group for each orientation, planes parallel to within a tenth of a degree; largest first. */
export function groupByOrientation(
  instances: readonly Instance[],
): readonly (readonly Instance[])[] {
  const groups: Instance[][] = []
  for (const instance of instances) {
    const group = groups.find(([first]) => isParallel(first!, instance))
    if (group) group.push(instance)
    else groups.push([instance])
  }
  return groups.toSorted((a, b) => b.length - a.length)
}

function isParallel({ plane: a }: Instance, { plane: b }: Instance): boolean {
  return [0, 1, 2].every(
    (axis) =>
      Math.abs(a.row[axis]! - b.row[axis]!) <= directionTolerance &&
      Math.abs(a.column[axis]! - b.column[axis]!) <= directionTolerance,
  )
}

const directionTolerance = 0.0017

function seriesNumber([first]: readonly Instance[]): number {
  return first?.dataSet.number('SeriesNumber') ?? Number.MAX_SAFE_INTEGER
}

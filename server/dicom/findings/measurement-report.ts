import { type FindingMark, measurementOf } from '../../../shared/findings/finding-mark.ts'
import { codes, modalityCode, procedureOf } from './code.ts'
import {
  code,
  container,
  image,
  language,
  number,
  observer,
  rootContainer,
  scoord3d,
  text,
  uidRef,
} from './content-item.ts'
import type { DataSet } from './data-set.ts'
import type { PlacedMark } from './place-mark.ts'
import { evidence, withoutRepeats } from './referenced-instance.ts'
import { regionPoints, valueNumbers } from './region-measurements.ts'
import { instanceModules, reportModules, type Sending } from './report-modules.ts'
import { derivedUid } from './uid.ts'

const comprehensive3dSr = '1.2.840.10008.5.1.4.1.1.88.34'

/** A Comprehensive 3D SR after TID 1500 (PS3.16): a measurement group for every mark. */
export function measurementReport(sending: Sending, marks: readonly PlacedMark[]): DataSet {
  const { origin, findings } = sending
  const sources = marks.flatMap((placed) => placed.sources)
  const procedures = new Map(
    marks
      .map(({ modality }) => procedureOf(modality))
      .map((procedure) => [procedure[0], procedure]),
  )
  return {
    ...instanceModules(sending, {
      sopClassUID: comprehensive3dSr,
      modality: 'SR',
      kind: 'measurement-report',
      seriesDescription: 'Caseroom: marks and measurements',
      seriesNumber: 9301,
    }),
    ...reportModules(findings, evidence(origin.study.studyInstanceUID, sources)),
    ...rootContainer(codes.imagingMeasurementReport, '1500', [
      language(),
      ...(findings.signedBy === undefined ? [] : observer(findings.signedBy)),
      ...[...procedures.values()].map((procedure) =>
        code('HAS CONCEPT MOD', codes.procedureReported, procedure),
      ),
      ...imageLibrary(marks),
      container(
        codes.imagingMeasurements,
        marks.map((placed, index) => measurementGroup(placed, index + 1)),
      ),
    ]),
  }
}

/** TID 1600: what is referenced, a group for each modality. */
function imageLibrary(marks: readonly PlacedMark[]): readonly DataSet[] {
  const byModality = Map.groupBy(marks, ({ modality }) => modality)
  const groups = [...byModality].map(([modality, ofIt]) => {
    const named = modalityCode(modality)
    return container(codes.imageLibraryGroup, [
      ...(named ? [code('HAS ACQ CONTEXT', codes.modality, named)] : []),
      ...withoutRepeats(ofIt.flatMap(({ sources }) => sources)).map((source) => image(source)),
    ])
  })
  return groups.length > 0 ? [container(codes.imageLibrary, groups)] : []
}

/** TID 1501; one of a region, or that only points, has the image region itself, as in TID 1410. */
function measurementGroup(placed: PlacedMark, ordinal: number): DataSet {
  const { mark, sources } = placed
  return container(codes.measurementGroup, [
    text('HAS OBS CONTEXT', codes.trackingIdentifier, `Caseroom ${mark.kind} ${ordinal}`),
    uidRef('HAS OBS CONTEXT', codes.trackingUniqueIdentifier, trackingUid(mark)),
    ...observer(mark.authorName),
    code('CONTAINS', codes.finding, codes.clinicalFinding),
    ...numberOrRegion(placed),
    ...sources.map((source) => image(source, codes.sourceOfMeasurement)),
    ...commentOf(mark).map((words) => text('CONTAINS', codes.comment, words)),
  ])
}

function numberOrRegion(placed: PlacedMark): readonly DataSet[] {
  const { mark } = placed
  const at = regionPoints(placed)
  const from = at ? [scoord3d('INFERRED FROM', undefined, at)] : []
  const measured = measurementOf(mark)
  if (measured?.quantity === 'length') {
    return [number(codes.length, measured.valueMm, codes.millimetre, from)]
  }
  if (measured) return [number(codes.angle, measured.valueDegrees, codes.degree, from)]
  const region = at ? [scoord3d('CONTAINS', codes.imageRegion, at)] : []
  return [...region, ...valueNumbers(placed)]
}

/** The same mark has the same one in every report it is in (PS3.16 TID 1501). */
const trackingUid = ({ annotationId, volumeId }: FindingMark): string =>
  derivedUid('tracking', volumeId, annotationId)

function commentOf({ kind, text: words }: FindingMark): readonly string[] {
  const arrow = kind === 'arrow' ? ['An arrow: its head is the last point.'] : []
  return [...(words ? [words] : []), ...arrow]
}

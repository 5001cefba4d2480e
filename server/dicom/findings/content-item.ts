import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { type Code, codeItem, codes } from './code.ts'
import type { DataSet } from './data-set.ts'
import { dicomDateTime } from './date-time.ts'
import { personName } from './person-name.ts'
import type { ReferencedInstance } from './referenced-instance.ts'

/** Content items of a structured report (PS3.3 C.17.3), each with how it relates to its parent. */
export type Relationship =
  | 'CONTAINS'
  | 'HAS ACQ CONTEXT'
  | 'HAS CONCEPT MOD'
  | 'HAS OBS CONTEXT'
  | 'INFERRED FROM'

const item = (
  relationship: Relationship,
  valueType: string,
  name: Code | undefined,
  value: DataSet,
): DataSet => ({
  RelationshipType: relationship,
  ValueType: valueType,
  ...(name && { ConceptNameCodeSequence: [codeItem(name)] }),
  ...value,
})

/** A tab, which UT does not have (PS3.5 6.1.3), becomes a space. */
export const text = (relationship: Relationship, name: Code, value: string): DataSet =>
  item(relationship, 'TEXT', name, { TextValue: value.replaceAll('\t', ' ') })

export const code = (relationship: Relationship, name: Code, value: Code): DataSet =>
  item(relationship, 'CODE', name, { ConceptCodeSequence: [codeItem(value)] })

export const uidRef = (relationship: Relationship, name: Code, uid: string): DataSet =>
  item(relationship, 'UIDREF', name, { UID: uid })

export const person = (relationship: Relationship, name: Code, who: string): DataSet =>
  item(relationship, 'PNAME', name, { PersonName: personName(who) })

export const dateTime = (relationship: Relationship, name: Code, atMs: number): DataSet =>
  item(relationship, 'DATETIME', name, { DateTime: dicomDateTime(atMs) })

export const container = (name: Code, content: readonly DataSet[]): DataSet =>
  item('CONTAINS', 'CONTAINER', name, { ContinuityOfContent: 'SEPARATE', ContentSequence: content })

/** `name` is the purpose of the reference; without one it stands for itself. */
export const image = (reference: ReferencedInstance, name?: Code): DataSet =>
  item('CONTAINS', 'IMAGE', name, { ReferencedSOPSequence: [referencedSop(reference)] })

export interface Points {
  readonly frameOfReferenceUID: string
  /** PS3.3 C.18.9.1.2; a POLYGON ends where it begins, an ELLIPSE is the ends of its two axes. */
  readonly graphicType: 'POINT' | 'POLYLINE' | 'POLYGON' | 'ELLIPSE'
  /** Patient mm, LPS. */
  readonly pointsMm: readonly Vec3[]
}

/** PS3.3 C.18.9: as 32-bit floats, which keep a patient's millimetres to 0.1 µm and better. */
export const scoord3d = (relationship: Relationship, name: Code | undefined, at: Points): DataSet =>
  item(relationship, 'SCOORD3D', name, {
    GraphicType: at.graphicType,
    GraphicData: at.pointsMm.flat(),
    ReferencedFrameOfReferenceUID: at.frameOfReferenceUID,
  })

/** A number with its unit, and its modifiers or what it was taken from. */
export const number = (
  name: Code,
  value: number,
  unit: Code,
  content: readonly DataSet[],
): DataSet =>
  item('CONTAINS', 'NUM', name, {
    MeasuredValueSequence: [
      {
        NumericValue: value.toFixed(3),
        FloatingPointValue: value,
        MeasurementUnitsCodeSequence: [codeItem(unit)],
      },
    ],
    ContentSequence: content.length > 0 ? content : undefined,
  })

/** TID 1204. */
export const language = (): DataSet => code('HAS CONCEPT MOD', codes.language, codes.english)

/** TID 1002 and 1003: a person saw it. */
export const observer = (who: string): readonly DataSet[] => [
  code('HAS OBS CONTEXT', codes.observerType, codes.person),
  person('HAS OBS CONTEXT', codes.personObserverName, who),
]

/** The root of a document (PS3.3 C.17.3), by a template of PS3.16 where it follows one. */
export const rootContainer = (
  title: Code,
  templateIdentifier: string | undefined,
  content: readonly DataSet[],
): DataSet => ({
  ValueType: 'CONTAINER',
  ConceptNameCodeSequence: [codeItem(title)],
  ContinuityOfContent: 'SEPARATE',
  ...(templateIdentifier && {
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: templateIdentifier }],
  }),
  ContentSequence: content,
})

function referencedSop({ sopClassUID, sopInstanceUID, frameNumber }: ReferencedInstance): DataSet {
  return {
    ReferencedSOPClassUID: sopClassUID,
    ReferencedSOPInstanceUID: sopInstanceUID,
    ReferencedFrameNumber: frameNumber === undefined ? undefined : `${frameNumber}`,
  }
}

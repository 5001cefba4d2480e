import { createRequire } from 'node:module'
import { implementationClassUID, implementationVersionName } from '../pacs/implementation.ts'
import type { DataSet, Value } from './data-set.ts'

const require = createRequire(import.meta.url)

const explicitVrLittleEndian = '1.2.840.10008.1.2.1'

interface Element {
  readonly vr: string
  readonly Value: readonly unknown[]
}
type Elements = Record<string, Element>

interface Library {
  readonly data: {
    readonly DicomMetaDictionary: {
      readonly nameMap: Readonly<Record<string, { tag: string; vr: string } | undefined>>
    }
    readonly DicomDict: new (
      meta: Elements,
    ) => { dict: Elements; write(options: { allowInvalidVRLength: boolean }): ArrayBuffer }
  }
  readonly log: { setLevel(level: 'silent', persist: boolean): void }
}

let loaded: Library | undefined

/** Only a sending needs it, and it logs values. */
function library(): Library {
  if (!loaded) {
    loaded = require('dcmjs') as Library
    loaded.log.setLevel('silent', false)
  }
  return loaded
}

/**
 * A part-10 file in Explicit VR Little Endian, its text in UTF-8 (ISO_IR 192). Values of the original
 * go out as they came, of whatever length. Throws a RangeError on a keyword that PS3.6 does not have.
 */
export function writePart10(dataSet: DataSet): Uint8Array {
  const { DicomDict } = library().data
  const file = new DicomDict(
    elementsOf({
      FileMetaInformationVersion: new Uint8Array([0, 1]),
      MediaStorageSOPClassUID: dataSet.SOPClassUID,
      MediaStorageSOPInstanceUID: dataSet.SOPInstanceUID,
      TransferSyntaxUID: explicitVrLittleEndian,
      ImplementationClassUID: implementationClassUID,
      ImplementationVersionName: implementationVersionName,
    }),
  )
  file.dict = elementsOf({ ...dataSet, SpecificCharacterSet: 'ISO_IR 192' })
  return new Uint8Array(file.write({ allowInvalidVRLength: true }))
}

function elementsOf(dataSet: DataSet): Elements {
  const { nameMap } = library().data.DicomMetaDictionary
  const elements: Elements = {}
  for (const [keyword, value] of Object.entries(dataSet)) {
    if (value === undefined) continue
    const entry = nameMap[keyword]
    if (!entry) throw new RangeError(`${keyword} is no attribute of PS3.6`)
    const tag = entry.tag.replaceAll(/[(),]/g, '')
    elements[tag] = { vr: entry.vr === 'ox' ? 'OB' : entry.vr, Value: valuesOf(value) }
  }
  return elements
}

function valuesOf(value: Value): readonly unknown[] {
  if (value instanceof Uint8Array) return [value.slice().buffer]
  if (typeof value === 'number') return [value]
  if (typeof value === 'string') return value === '' ? [] : [value]
  return value.map((item) => (typeof item === 'object' ? elementsOf(item) : item))
}

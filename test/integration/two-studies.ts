import { readFileSync } from 'node:fs'
import { testFiles } from '../support/test-data.ts'

/** Two studies of one patient, a week apart: 20 slices of a CT, and its first 12 made earlier. */
export function twoStudies(): { earlier: readonly Buffer[]; later: readonly Buffer[] } {
  const files = testFiles('dicom', 'ct-gantry-tilt-16.5')
    .map((path) => readFileSync(path))
    .toSorted((a, b) => heightMm(a) - heightMm(b))
  return {
    earlier: files.slice(0, 12).map((bytes) => asStudy(bytes, '8', '20150130')),
    later: files.map((bytes) => asStudy(bytes, '7', '20150206')),
  }
}

/** The image as one of a study and a series of their own: `digit` ends the UIDs of both. */
function asStudy(bytes: Buffer, digit: string, studyDate: string): Buffer {
  const changed = Buffer.from(bytes)
  for (const element of ['0d', '0e']) {
    // (0020,000d) and (0020,000e) in explicit VR little endian, as all files of the series are.
    const at = changed.indexOf(Buffer.from(`2000${element}005549`, 'hex'))
    changed.write(digit, at + 7 + changed.readUInt16LE(at + 6), 'latin1')
  }
  const date = changed.indexOf(Buffer.from('080020004441', 'hex'))
  changed.write(studyDate, date + 8, 'latin1')
  return changed
}

/** The third number of (0020,0032), Image Position (Patient). */
function heightMm(bytes: Buffer): number {
  const at = bytes.indexOf(Buffer.from('200032004453', 'hex'))
  const position = bytes.toString('latin1', at + 8, at + 8 + bytes.readUInt16LE(at + 6))
  return Number(position.split('\\')[2])
}

import { randomUUID } from 'node:crypto'
import { integerOf, itemsOf, type JsonDataSet, textOf } from './dicom-json.ts'

/** What became of the instances of one STOW-RS request (PS3.18 10.5). */
export interface StoreOutcome {
  readonly stored: number
  readonly refused: readonly RefusedInstance[]
}

export interface RefusedInstance {
  /** As it was sent; '' where the PACS does not say which. */
  readonly sopInstanceUID: string
  /** Failure Reason (PS3.18 10.5.3.2.2, PS3.7 C): a number, and words for whoever sent it. */
  readonly reason: number
  readonly message: string
}

export function stowBody(instances: readonly Uint8Array[]): { body: Blob; contentType: string } {
  const boundary = `caseroom-${randomUUID()}`
  const parts = instances.flatMap((instance) => [
    `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`,
    instance as Uint8Array<ArrayBuffer>,
    '\r\n',
  ])
  return {
    body: new Blob([...parts, `--${boundary}--\r\n`]),
    contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
  }
}

const failedSOPSequence = '00081198'
const referencedSOPSequence = '00081199'
const failureReason = '00081197'
const referencedSOPInstanceUID = '00081155'
const duplicate = 0x0111

/** An instance that the PACS has already counts as stored: that is what sending it again means. */
export function outcomeOf(answer: JsonDataSet, sent: number): StoreOutcome {
  const failed = itemsOf(answer, failedSOPSequence)
  const refused = failed
    .map((item) => {
      const reason = integerOf(item, failureReason) ?? 0
      const sopInstanceUID = textOf(item, referencedSOPInstanceUID)
      return { sopInstanceUID, reason, message: wordsOf(reason) }
    })
    .filter(({ reason }) => reason !== duplicate)
  const accepted = itemsOf(answer, referencedSOPSequence).length
  const unnamed = Math.max(0, sent - accepted - failed.length)
  return {
    stored: sent - refused.length - unnamed,
    refused: [
      ...refused,
      ...Array.from({ length: unnamed }, () => ({
        sopInstanceUID: '',
        reason: 0,
        message: wordsOf(0),
      })),
    ],
  }
}

function wordsOf(reason: number): string {
  if (reason === 0x0110) return 'The PACS could not process the object.'
  if (reason === 0x0122) return 'The PACS does not store this kind of object.'
  if (reason === 0x0124) return 'The PACS does not allow Caseroom to store objects.'
  if (reason === 0xc122) return 'The PACS does not store objects in this transfer syntax.'
  if (reason >> 8 === 0xa7) return 'The PACS has no room left.'
  if (reason >> 8 === 0xa9) return 'The PACS finds that the object contradicts its own kind.'
  if (reason >> 12 === 0xc) return 'The PACS cannot understand the object.'
  if (reason === 0) return 'The PACS did not say that it stored the object.'
  return `The PACS refused the object (reason ${reason.toString(16).padStart(4, '0')}).`
}

import { describe, expect, it } from 'vitest'
import { buildFindings } from './build-findings.ts'
import { FindingsNotSentError } from './findings-not-sent-error.ts'
import { sendFindings } from './send-findings.ts'
import { equipment, findings, origin } from './test-support/sample-findings.ts'

const refusal = (make: () => unknown): unknown => {
  try {
    return make()
  } catch (error) {
    return error instanceof FindingsNotSentError ? error.code : error
  }
}
const { minutes: _, ...withoutMinutes } = findings
const store = (taken: Uint8Array[]) => ({
  store: async (part10: Uint8Array) => {
    taken.push(part10)
  },
})

describe('findings as DICOM objects', () => {
  it('[OUT-1] tried again are the same objects, byte for byte', () => {
    const bytes = () => buildFindings(origin, findings, equipment).map(({ part10 }) => part10())
    expect(bytes()).toEqual(bytes())
  })

  it('[OUT-1] sent anew have other UIDs', () => {
    const [first] = buildFindings(origin, findings, equipment)
    const [second] = buildFindings(origin, { ...findings, sendingId: 'another' }, equipment)
    expect(first?.part10()).not.toEqual(second?.part10())
  })

  it('[OUT-1] are only those there is something for', () => {
    const kinds = (of: Partial<typeof findings>) =>
      buildFindings(origin, { ...withoutMinutes, marks: [], keyImages: [], ...of }, equipment).map(
        ({ kind }) => kind,
      )
    expect(kinds({ marks: findings.marks.slice(0, 1) })).toEqual([
      'measurement-report',
      'key-object-selection',
    ])
    expect(kinds({ keyImages: findings.keyImages })).toEqual(['key-image', 'key-object-selection'])
    expect(kinds(findings.minutes ? { minutes: findings.minutes } : {})).toEqual(['minutes'])
    expect(refusal(() => kinds({}))).toBe('nothing-to-send')
  })

  it('[OUT-1] a mark in a series whose original is unknown stops them, in words', () => {
    const marks = findings.marks.map((mark) => ({ ...mark, volumeId: 'elsewhere' }))
    expect(refusal(() => buildFindings(origin, { ...findings, marks }, equipment))).toBe(
      'no-origin-of-volume',
    )
  })

  it('[OUT-1] without a frame of reference a mark keeps its slice and claims no coordinates', () => {
    const volumes = origin.volumes.map(({ frameOfReferenceUID: _, ...volume }) => volume)
    const [report] = buildFindings(
      { ...origin, volumes },
      { ...withoutMinutes, keyImages: [] },
      equipment,
    )
    const bytes = Buffer.from(report?.part10() ?? [])
    expect(bytes.includes('SCOORD3D')).toBe(false)
    expect(bytes.includes('1.2.826.0.1.3680043.9.1.2')).toBe(true)
  })

  it('[PRIV-5] the vault is opened by the case alone, and only kinds come back', async () => {
    const taken: Uint8Array[] = []
    const asked: string[] = []
    const door = {
      origin: async (caseId: string) => {
        asked.push(caseId)
        return origin
      },
    }
    const kinds = await sendFindings({ door, store: store(taken), equipment }, 'case', findings)
    expect(asked).toEqual(['case'])
    expect(kinds).toEqual(['key-image', 'measurement-report', 'minutes', 'key-object-selection'])
    expect(taken).toHaveLength(4)
  })

  it('[OUT-2] one picture after the other is unpacked and sent: never all of them at once', async () => {
    const did: string[] = []
    const keyImages = Array.from({ length: 3 }, (_, n) => ({
      ...findings.keyImages[0]!,
      rgb: () => {
        did.push(`unpacked ${n}`)
        return new Uint8Array(45)
      },
    }))
    const door = { origin: async () => origin }
    const taking = { store: async () => void did.push('stored') }
    const pictures = { ...withoutMinutes, marks: [], keyImages }
    await sendFindings({ door, store: taking, equipment }, 'case', pictures)
    expect(did).toEqual([
      'unpacked 0',
      'stored',
      'unpacked 1',
      'stored',
      'unpacked 2',
      'stored',
      'stored', // the Key Object Selection
    ])
  })

  it('[PRIV-5] of an erased patient nothing goes out, and the reason names nobody', async () => {
    const taken: Uint8Array[] = []
    const door = { origin: async () => undefined }
    await expect(
      sendFindings({ door, store: store(taken), equipment }, 'case', findings),
    ).rejects.toThrow(/the patient was erased/)
    expect(taken).toEqual([])
  })

  it('[PRIV-5] a value of the original that breaks DICOM’s bounds goes back whole and unlogged', () => {
    const patientId = 'X'.repeat(70)
    const said: unknown[] = []
    const { warn, error, info } = console
    Object.assign(console, {
      warn: (...words: unknown[]) => said.push(words),
      error: (...words: unknown[]) => said.push(words),
      info: (...words: unknown[]) => said.push(words),
    })
    try {
      const long = { ...origin, patient: { ...origin.patient, patientId } }
      const [first] = buildFindings(long, findings, equipment)
      expect(Buffer.from(first?.part10() ?? []).includes(patientId)).toBe(true)
    } finally {
      Object.assign(console, { warn, error, info })
    }
    expect(said).toEqual([])
  })
})

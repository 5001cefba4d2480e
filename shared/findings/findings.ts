import type { Vec3 } from '../geometry/transform.ts'
import type { FindingMark } from './finding-mark.ts'

/**
 * What a conference found, as it is handed to the door to the PACS: ids and words of ours, names of
 * staff, and nothing of the patient but the anatomy pointed at.
 */
export interface Findings {
  /** A UUID; the objects of one sending, tried again, keep their UIDs by it. */
  readonly sendingId: string
  /** When it was signed or, unsigned, put together. */
  readonly atMs: number
  /** The verifying observer; without one the documents are unverified. */
  readonly signedBy?: string
  readonly volumes: readonly FindingVolume[]
  readonly marks: readonly FindingMark[]
  readonly keyImages: readonly KeyImagePixels[]
  readonly minutes?: Minutes
}

/** How a volume of the case lies, to find the slice beside a point. */
export interface FindingVolume {
  readonly volumeId: string
  /** The volume it was made from, on the same grid, where it is a changed copy of one. */
  readonly madeFrom?: string | undefined
  readonly modality: string
  /** Columns, rows, slices. */
  readonly dims: Vec3
  /** 16 numbers, row-major, mm LPS, voxel centres. */
  readonly patientFromVoxel: readonly number[]
}

export interface KeyImagePixels {
  readonly keyImageId: string
  readonly takenAtMs: number
  readonly takenBy: string
  readonly columns: number
  readonly rows: number
  /** Red, green, blue for each pixel, x fastest, without alpha; unpacked anew at each call. */
  readonly rgb: () => Uint8Array
}

export interface Minutes {
  readonly text: string
  readonly openedAtMs: number
  readonly closedAtMs?: number
  readonly participants: readonly { readonly name: string }[]
}

export const sentKinds = [
  'measurement-report',
  'minutes',
  'key-image',
  'key-object-selection',
] as const
export type SentKind = (typeof sentKinds)[number]

import type { FaceProtection, KeptSide } from '../../shared/case/face.ts'
import { boxCorners } from '../../shared/geometry/box-cut.ts'
import { transform } from '../../shared/geometry/transform.ts'
import { dot } from '../../shared/geometry/vector.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { mayShowFace } from './face-risk.ts'
import {
  type CaseRecord,
  type FaceDecision,
  type FaceDecisions,
  VolumesReplacedError,
} from './ports.ts'

export interface FaceGuardOptions {
  readonly cases: { find(caseId: string): Promise<CaseRecord | undefined> }
  readonly decisions: FaceDecisions
  /** A new volume without what is not to be kept; `discard` takes one away. */
  readonly mask: (manifest: VolumeManifest, keep: KeptSide) => Promise<VolumeManifest>
  readonly discard: (volumeId: string) => Promise<void>
  /** Whether people are looking at the case right now. */
  readonly isShown: (caseId: string) => Promise<boolean>
  /** Runs one at a time, in all processes, with whoever removes volumes that nothing holds. */
  readonly exclusively: <T>(work: () => Promise<T>) => Promise<T>
  readonly now: () => number
}

/** Somebody may not do this with a face now, in words. */
export class FaceRefusedError extends Error {
  readonly code: 'case-not-found' | 'conference-open' | 'no-face' | 'cuts-nothing'

  constructor(code: FaceRefusedError['code'], message: string) {
    super(message)
    this.code = code
  }
}

const inUse = () =>
  new FaceRefusedError(
    'conference-open',
    'The case is in use: close its conference first, then mask the face.',
  )

/** Sees to it that nobody is shown a face without somebody answering for it (PRIV-4). */
export class FaceGuard {
  readonly #options: FaceGuardOptions
  /** Cases whose volumes are being made anew. */
  readonly #masking = new Set<string>()

  constructor(options: FaceGuardOptions) {
    this.#options = options
  }

  async stateOf(record: CaseRecord): Promise<FaceProtection> {
    const decided = await this.#options.decisions.find(record.caseId)
    if (decided) return decided
    return { state: mayShowFace(record.bodyPart, record.volumes) ? 'needed' : 'not-needed' }
  }

  /** Whether guests may come in. */
  async mayShow(caseId: string): Promise<boolean> {
    const record = await this.#options.cases.find(caseId)
    return record !== undefined && (await this.stateOf(record)).state !== 'needed'
  }

  async waive(caseId: string, by: string, reason: string): Promise<FaceProtection> {
    await this.#unprotected(caseId)
    const decision: FaceDecision = { state: 'waived', by, reason, atMs: this.#options.now() }
    await this.#options.decisions.add(caseId, decision)
    return decision
  }

  /**
   * Makes volumes without the face, which then stand in place of the first ones; those are removed.
   * Throws FaceRefusedError while a conference shows the case or somebody else masks it.
   */
  async mask(caseId: string, by: string, keep: KeptSide): Promise<FaceProtection> {
    if (this.#masking.has(caseId)) throw inUse()
    this.#masking.add(caseId)
    try {
      return await this.#options.exclusively(() => this.#mask(caseId, by, keep))
    } catch (error) {
      if (error instanceof VolumesReplacedError) throw inUse()
      throw error
    } finally {
      this.#masking.delete(caseId)
    }
  }

  async #mask(caseId: string, by: string, keep: KeptSide): Promise<FaceProtection> {
    const { mask, discard, isShown, decisions, now } = this.#options
    const { volumes } = await this.#unprotected(caseId)
    if (await isShown(caseId)) throw inUse()
    const shown = volumes.filter(({ modality }) => modality !== 'PT')
    if (!shown.some((volume) => cuts(volume, keep))) {
      throw new FaceRefusedError(
        'cuts-nothing',
        'The plane cuts nothing off the head: move it behind eyes, nose and mouth.',
      )
    }
    const made: { from: string; to: VolumeManifest }[] = []
    // The new ones until they are on record, the first ones from then on.
    let superseded: string[] = []
    try {
      for (const manifest of shown) {
        made.push({ from: manifest.volumeId, to: await mask(manifest, keep) })
        superseded = made.map(({ to }) => to.volumeId)
      }
      const decision: FaceDecision = { state: 'masked', by, atMs: now() }
      // Minutes have passed: a conference that opened meanwhile shows the first ones.
      if (await isShown(caseId)) throw inUse()
      await decisions.replace(caseId, made, decision)
      superseded = made.map(({ from }) => from)
      return decision
    } finally {
      for (const volumeId of superseded) await discard(volumeId)
    }
  }

  async #unprotected(caseId: string): Promise<CaseRecord> {
    const record = await this.#options.cases.find(caseId)
    if (!record) throw new FaceRefusedError('case-not-found', 'There is no such case.')
    const { state } = await this.stateOf(record)
    if (state !== 'not-needed') return record
    throw new FaceRefusedError('no-face', 'This case needs no protection of a face.')
  }
}

/** Whether anything of the volume lies beyond the plane. */
function cuts({ dims, patientFromVoxel }: VolumeManifest, { normal, offsetMm }: KeptSide): boolean {
  return boxCorners(transform<'patient', 'voxel'>(patientFromVoxel), dims).some(
    (corner) => dot(normal, corner) < offsetMm,
  )
}

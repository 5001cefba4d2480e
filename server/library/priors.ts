import type { LinkedBy, PriorCase } from '../../shared/case/prior.ts'
import type { FaceGuard } from './face-guard.ts'
import type { CaseRecord, CaseRepository } from './ports.ts'

/** Another case of the same patient, as the vault tells it. */
export interface RelatedCase {
  readonly caseId: string
  /** Days from its study to the one it was asked for; below zero, it was made later. */
  readonly daysEarlier?: number
  readonly linkedBy?: LinkedBy
}

export interface PriorsOptions {
  readonly cases: Pick<CaseRepository, 'find'>
  readonly vault: { casesOfSamePatient(caseId: string): Promise<readonly RelatedCase[]> }
  readonly faces: Pick<FaceGuard, 'stateOf'>
}

/** Which other cases are of the same patient: what a case can be compared with. */
export class Priors {
  readonly #options: PriorsOptions

  constructor(options: PriorsOptions) {
    this.#options = options
  }

  /**
   * As `priorList` orders them; none where it is forgotten whose the case is. Undefined where there
   * is no such case.
   */
  async of(caseId: string): Promise<PriorCase[] | undefined> {
    const { cases, vault } = this.#options
    const compared = await cases.find(caseId)
    if (!compared) return undefined
    const found = await Promise.all(
      (await vault.casesOfSamePatient(caseId)).map((related) => this.#prior(compared, related)),
    )
    return found.filter((each) => each !== undefined).toSorted(byTime)
  }

  /**
   * One that was chosen before; it stays what it was after it is forgotten whose both are, then
   * without the interval. Undefined where there is no such case.
   */
  async chosen(caseId: string, priorCaseId: string): Promise<PriorCase | undefined> {
    const { cases, vault } = this.#options
    const compared = await cases.find(caseId)
    if (!compared) return undefined
    const related = await vault.casesOfSamePatient(caseId)
    const known = related.find((each) => each.caseId === priorCaseId)
    return this.#prior(compared, known ?? { caseId: priorCaseId })
  }

  /** What links them; undefined where nothing does. */
  async linkTo(caseId: string, otherCaseId: string): Promise<LinkedBy | undefined> {
    const related = await this.#options.vault.casesOfSamePatient(caseId)
    return related.find((each) => each.caseId === otherCaseId)?.linkedBy
  }

  async #prior(compared: CaseRecord, related: RelatedCase): Promise<PriorCase | undefined> {
    const { cases, faces } = this.#options
    const record = await cases.find(related.caseId)
    if (!record) return undefined
    const { importId: _, demo: __, ...details } = record
    // The interval says no more than two dates that are shifted alike; without them it says nothing.
    const dated = compared.studyDate !== undefined && record.studyDate !== undefined
    return {
      ...details,
      face: await faces.stateOf(record),
      ...(dated && related.daysEarlier !== undefined && { daysEarlier: related.daysEarlier }),
      ...(related.linkedBy && { linkedBy: related.linkedBy }),
    }
  }
}

function byTime(a: PriorCase, b: PriorCase): number {
  return rank(a) - rank(b) || b.createdAtMs - a.createdAtMs
}

/** Days since it; those made later after all that were made before, the undated at the end. */
function rank({ daysEarlier }: PriorCase): number {
  if (daysEarlier === undefined) return Number.MAX_VALUE
  return daysEarlier >= 0 ? daysEarlier : 1e9 - daysEarlier
}

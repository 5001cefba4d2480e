import type { Findings, SentKind } from '../../../shared/findings/findings.ts'
import { PacsError } from '../../../shared/pacs/pacs-error.ts'
import type { Equipment } from './equipment.ts'
import { FindingsNotSentError, notSentWords } from './findings-not-sent-error.ts'
import { type OriginDoor, sendFindings } from './send-findings.ts'

/** The PACS, as far as findings are stored in it. */
export interface FindingsPacs {
  /** Throws a PacsError where nothing is known of any instance. */
  store(
    part10: readonly Uint8Array[],
  ): Promise<{ readonly refused: readonly { readonly message: string }[] }>
}

/**
 * The way back to the PACS for whoever knows cases by our ids alone. Whatever the vault, the writer
 * or the PACS throws ends here: words for the person, or an error that says no value of the original.
 */
export class PacsSender {
  readonly #parts: {
    readonly door: OriginDoor
    readonly pacs: FindingsPacs | undefined
    readonly equipment: Equipment
  }

  constructor(parts: { door: OriginDoor; pacs: FindingsPacs | undefined; equipment: Equipment }) {
    this.#parts = parts
  }

  /** Why nothing of this case can go out, in words; undefined where it can. */
  async whyNot(caseId: string): Promise<string | undefined> {
    const { door, pacs } = this.#parts
    if (!pacs) return notSentWords['no-pacs']
    return (await door.origin(caseId)) ? undefined : notSentWords['no-origin']
  }

  async send(
    caseId: string,
    findings: Findings,
  ): Promise<
    | { readonly sent: true; readonly kinds: readonly SentKind[] }
    | { readonly sent: false; readonly message: string }
  > {
    const { door, pacs, equipment } = this.#parts
    if (!pacs) return { sent: false, message: notSentWords['no-pacs'] }
    const refused: { readonly message: string }[] = []
    const store = async (part10: Uint8Array) => {
      refused.push(...(await storing(pacs, part10)))
    }
    try {
      const kinds = await sendFindings({ door, store: { store }, equipment }, caseId, findings)
      return refused.length > 0
        ? { sent: false, message: wordsFor(refused) }
        : { sent: true, kinds }
    } catch (error) {
      if (error instanceof FindingsNotSentError || error instanceof PacsError) {
        return { sent: false, message: error.message }
      }
      throw error
    }
  }
}

/** What it refuses of the one object; the others may still be taken. */
async function storing(pacs: FindingsPacs, part10: Uint8Array) {
  try {
    return (await pacs.store([part10])).refused
  } catch (error) {
    if (error instanceof PacsError && error.code === 'pacs-refused') return [error]
    throw error
  }
}

function wordsFor(refused: readonly { readonly message: string }[]): string {
  const reasons = new Set(refused.map(({ message }) => message))
  return `${[...reasons].join(' ')} Not everything was stored; sending again completes it.`
}

import type { SeriesPath } from '../../../shared/pacs/pacs.ts'
import { PacsError } from '../../../shared/pacs/pacs-error.ts'
import { bringSeries, type RetryPolicy } from './bring-series.ts'
import type { DicomWebClient } from './dicomweb-client.ts'
import type { IncomingImport, Intake } from './incoming-import.ts'

export interface PacsImportsOptions {
  readonly client: DicomWebClient
  readonly intake: Intake
  readonly retry?: RetryPolicy
  /** Hears of a retrieval that was given up, and why. */
  readonly onTrouble: (importId: string, error: unknown) => void
}

export interface WantedSeries {
  readonly series: readonly SeriesPath[]
  readonly title?: string | undefined
}

/** Retrievals under way: each is an import in state `receiving` until its last instance is here. */
export class PacsImports {
  readonly #options: PacsImportsOptions
  readonly #stopping = new AbortController()
  readonly #underWay = new Set<Promise<void>>()

  constructor(options: PacsImportsOptions) {
    this.#options = options
  }

  /**
   * Begins to fetch, and resolves with the id of the import. `record` comes first: where it fails
   * nothing is fetched.
   */
  async begin(wanted: WantedSeries, record: (importId: string) => Promise<void>): Promise<string> {
    const upload = await this.#options.intake.receive()
    try {
      if (wanted.title) upload.title = wanted.title
      await record(upload.importId)
    } catch (error) {
      await upload.refuse(error)
      throw error
    }
    const fetching = this.#fetch(upload, wanted.series).finally(() => {
      this.#underWay.delete(fetching)
    })
    this.#underWay.add(fetching)
    return upload.importId
  }

  /** Ends what is under way: those imports have failed, and nothing of them is left. */
  async close(): Promise<void> {
    this.#stopping.abort(new PacsError('pacs-interrupted'))
    await Promise.all(this.#underWay)
  }

  async #fetch(upload: IncomingImport, series: readonly SeriesPath[]): Promise<void> {
    const { client, intake, retry, onTrouble } = this.#options
    try {
      const { signal } = this.#stopping
      await bringSeries(client, series, upload, { signal, ...(retry && { retry }) })
      upload.accept()
    } catch (error) {
      if (!this.#stopping.signal.aborted) onTrouble(upload.importId, error)
      const refusal = this.#wordsFor(error, intake)
      await upload.refuse(refusal).catch((cause: unknown) => onTrouble(upload.importId, cause))
    }
  }

  #wordsFor(error: unknown, intake: Intake): unknown {
    if (this.#stopping.signal.aborted) return intake.interrupted(stopped, error)
    return error instanceof PacsError ? intake.interrupted(error.message, error) : error
  }
}

const stopped = 'Caseroom was stopped while the images were on their way. Fetch them again.'

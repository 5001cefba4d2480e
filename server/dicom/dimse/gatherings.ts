import type { Intake } from '../pacs/incoming-import.ts'
import { Gathering } from './gathering.ts'

export interface GatheringLimits {
  /** A sender that sends nothing for so long has sent it all. */
  readonly quietMs: number
  /** What begins so long after the first object is another import: some senders are never quiet. */
  readonly gatherMs: number
}

export interface GatheringsOptions extends GatheringLimits {
  readonly intake: Intake
  /** An AE title sent the import; durable once it resolves. */
  readonly recordSent: (callingAeTitle: string, importId: string) => Promise<void>
  readonly onTrouble: (error: unknown) => void
}

/** The imports that are coming in, one for each sender. */
export class Gatherings {
  readonly #options: GatheringsOptions
  /** Those that others may join. */
  readonly #bySender = new Map<string, Gathering>()
  readonly #underWay = new Set<Gathering>()
  readonly #ending = new Set<Promise<void>>()

  constructor(options: GatheringsOptions) {
    this.#options = options
  }

  /** The import that an association of this sender belongs to, joined. */
  join({ calling, address }: { calling: string; address: string }): Gathering {
    const key = `${address} ${calling}`
    const { gatherMs } = this.#options
    const known = this.#bySender.get(key)
    const isKnown = known !== undefined && performance.now() - known.begunAtMs < gatherMs
    const gathering = isKnown ? known : this.#begin(key, calling)
    gathering.join()
    return gathering
  }

  /** After every association has ended: waits for nothing more from anybody. */
  async close(): Promise<void> {
    for (const gathering of this.#underWay) gathering.end()
    await Promise.all(this.#ending)
  }

  #begin(key: string, calling: string): Gathering {
    const { intake, recordSent, quietMs, onTrouble } = this.#options
    const gathering = new Gathering({
      intake,
      quietMs,
      record: (importId) => recordSent(calling, importId),
      onOver: (ended) => {
        this.#underWay.delete(gathering)
        if (this.#bySender.get(key) === gathering) this.#bySender.delete(key)
        const ending = ended.catch(onTrouble).finally(() => this.#ending.delete(ending))
        this.#ending.add(ending)
      },
    })
    this.#bySender.set(key, gathering)
    this.#underWay.add(gathering)
    return gathering
  }
}

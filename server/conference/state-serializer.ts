import { type Client, SchemaSerializer } from '@colyseus/core'
import { Encoder } from '@colyseus/schema'
import type { ConferenceState } from '../../shared/conference/state.ts'

/**
 * Twice the largest state: one that does not fit is encoded a second time whenever somebody joins, and
 * warned of. Two of these belong to each room; pages that nothing was written to take no memory.
 */
Encoder.BUFFER_SIZE = 4 * 1024 * 1024

/**
 * Colyseus's own serializer without two ways of drifting apart in silence:
 *
 * - Its encoder hands out views of one shared buffer, and a slow connection still holds the last
 *   view when the next patch overwrites it. Each patch and full state is copied, once for all.
 * - A client that joins between a change and its patch gets the change twice, and an array that is
 *   told twice of an element keeps both. Changes are sent to the others before a full state is made.
 */
export class StateSerializer extends SchemaSerializer<ConferenceState> {
  readonly #clients: () => Client[]

  constructor(clients: () => Client[]) {
    super()
    this.#clients = clients
  }

  override reset(state: ConferenceState & object): void {
    super.reset(state)
    const { encoder } = this
    const encode = encoder.encode.bind(encoder)
    const encodeAll = encoder.encodeAll.bind(encoder)
    encoder.encode = (...args) => encode(...args).slice()
    encoder.encodeAll = (...args) => encodeAll(...args).slice()
  }

  override getFullState(client?: Client) {
    if (this.encoder.hasChanges) {
      this.applyPatches(this.#clients().filter((other) => other !== client))
    }
    return super.getFullState(client)
  }
}

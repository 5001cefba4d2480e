import { SchemaSerializer } from '@colyseus/core'
import type { ConferenceState } from '../../shared/conference/state.ts'

/**
 * Colyseus's encoder hands out views of one shared buffer, and a slow connection still holds the
 * last view when the next patch overwrites it: it then receives another patch's bytes without any
 * error. Every patch and full state is copied once here, for all connections together.
 */
export class CopyingSerializer extends SchemaSerializer<ConferenceState> {
  override reset(state: ConferenceState & object): void {
    super.reset(state)
    const { encoder } = this
    const encode = encoder.encode.bind(encoder)
    const encodeAll = encoder.encodeAll.bind(encoder)
    encoder.encode = (...args) => encode(...args).slice()
    encoder.encodeAll = (...args) => encodeAll(...args).slice()
  }
}

import { createHmac } from 'node:crypto'

/** The same secret gives the same pseudonyms, so that what belongs together stays together. */
export class Pseudonyms {
  readonly #secret: Uint8Array
  readonly #uids = new Map<string, string>()

  /** Refuses a secret shorter than 16 bytes: a guessable one undoes the pseudonyms. */
  constructor(secret: Uint8Array) {
    if (secret.length < 16) throw new RangeError('the secret has at least 16 bytes')
    this.#secret = secret
  }

  /** UUID-derived form: 2.25 and a decimal number of 128 bits (PS3.5 B.2). */
  uid(uid: string): string {
    const known = this.#uids.get(uid)
    if (known) return known
    const bits = this.#digest('uid', uid).subarray(0, 16).toString('hex')
    const remapped = `2.25.${BigInt(`0x${bits}`)}`
    this.#uids.set(uid, remapped)
    return remapped
  }

  /** Tells patients apart without saying who they are. */
  patient(identity: string): string {
    return this.#digest('patient', identity).toString('hex')
  }

  /** Whole days, 1 to 3650, by which all dates of one patient move into the past. */
  shiftDays(identity: string): number {
    return 1 + (this.#digest('dates', identity).readUInt32BE(0) % 3650)
  }

  #digest(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${purpose}\0${value}`).digest()
  }
}

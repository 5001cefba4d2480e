import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** Of one patient. The same secret gives the same pseudonyms: what belongs together stays so. */
export class Pseudonyms {
  /** Whole days, 1 to 3650, by which all dates of the patient move into the past. */
  readonly shiftDays: number
  readonly #secret: KeyObject
  readonly #uids = new Map<string, string>()

  /** Refuses a secret shorter than 16 bytes: a guessable one undoes the pseudonyms. */
  constructor(secret: Uint8Array) {
    if (secret.length < 16) throw new RangeError('the secret has at least 16 bytes')
    this.#secret = createSecretKey(secret)
    this.shiftDays = 1 + (this.#digest('dates', '').readUInt32BE(0) % 3650)
  }

  /** UUID-derived form: 2.25 and a decimal number of 128 bits (PS3.5 B.2). */
  uid(uid: string): string {
    const known = this.#uids.get(uid)
    if (known) return known
    const bits = this.#digest('uid', uid).subarray(0, 16).toString('hex')
    const pseudonym = `2.25.${BigInt(`0x${bits}`)}`
    this.#uids.set(uid, pseudonym)
    return pseudonym
  }

  /** How many different identifiers were replaced. */
  get uids(): number {
    return this.#uids.size
  }

  #digest(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${purpose}\0${value}`).digest()
  }
}

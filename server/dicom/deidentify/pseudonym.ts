import { createHmac, createSecretKey, type KeyObject } from 'node:crypto'

/** The same secret gives the same pseudonyms, so that what belongs together stays together. */
export class Pseudonyms {
  readonly #secret: KeyObject
  readonly #uids = new Map<string, string>()
  readonly #patients = new Map<string, string>()
  readonly #shifts = new Map<string, number>()

  /** Refuses a secret shorter than 16 bytes: a guessable one undoes the pseudonyms. */
  constructor(secret: Uint8Array) {
    if (secret.length < 16) throw new RangeError('the secret has at least 16 bytes')
    this.#secret = createSecretKey(secret)
  }

  /** UUID-derived form: 2.25 and a decimal number of 128 bits (PS3.5 B.2). */
  uid(uid: string): string {
    return this.#once(this.#uids, uid, () => {
      const bits = this.#digest('uid', uid).subarray(0, 16).toString('hex')
      return `2.25.${BigInt(`0x${bits}`)}`
    })
  }

  /** Tells patients apart without saying who they are. */
  patient(identity: string): string {
    const pseudonym = () => this.#digest('patient', identity).toString('hex')
    return this.#once(this.#patients, identity, pseudonym)
  }

  /** Whole days, 1 to 3650, by which all dates of one patient move into the past. */
  shiftDays(identity: string): number {
    const days = () => 1 + (this.#digest('dates', identity).readUInt32BE(0) % 3650)
    return this.#once(this.#shifts, identity, days)
  }

  /** Every file of a study asks for the same few. */
  #once<Answer>(known: Map<string, Answer>, of: string, compute: () => Answer): Answer {
    const answer = known.get(of) ?? compute()
    known.set(of, answer)
    return answer
  }

  #digest(purpose: string, value: string): Buffer {
    return createHmac('sha256', this.#secret).update(`${purpose}\0${value}`).digest()
  }
}

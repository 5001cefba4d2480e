/** What is asked in one name is done in the order it was asked in, each after the one before it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  run<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name)
    const turn = before ? before.then(act, act) : act()
    this.#last.set(name, turn)
    const forget = () => {
      if (this.#last.get(name) === turn) this.#last.delete(name)
    }
    turn.then(forget, forget)
    return turn
  }
}

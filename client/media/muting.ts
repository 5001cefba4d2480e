/**
 * Whether somebody has silenced this page's person. What the conference tells is old until it has
 * heard that they speak up: whatever says `muted` from then on is another muting.
 */
export class Muting {
  #heardAtSeq = 0

  /** They open their microphone, and the conference is being asked. */
  speaksUp(): void {
    this.#heardAtSeq = Number.POSITIVE_INFINITY
  }

  /** The conference has heard it with that `seq`. */
  heard(seq: number): void {
    this.#heardAtSeq = seq
  }

  silences({ muted, seq }: { muted: boolean; seq: number }): boolean {
    return muted && seq >= this.#heardAtSeq
  }
}

import type { Vec3 } from '../geometry/transform.ts'

const allBits = -1

/**
 * How far the nearest brick of another kind is from each, as the largest of the three axes' distances.
 * Bricks with another kind among their 26 neighbours are at 1, those beside them, of whichever kind,
 * at 2, and so on: one set, a bit for each brick, that grows by a brick on every side. It keeps its
 * buffers for the next time.
 */
export class BrickReach {
  readonly #dims: Vec3
  /** Words of a row, and of a slice. */
  readonly #words: number
  readonly #sliceWords: number
  /** The bits of a row's last word that are bricks. */
  readonly #lastMask: number
  readonly #set: Int32Array
  /** The three bits of every brick's kind. */
  readonly #planes: readonly [Int32Array, Int32Array, Int32Array]
  readonly #alongRows: Int32Array
  readonly #inSlices: Int32Array
  readonly #around: Int32Array
  /** Slices that the set holds whole: 1 since the last growing, 2 before. */
  readonly #whole: Uint8Array

  constructor(dims: Vec3) {
    const [ni, nj, nk] = dims
    this.#dims = dims
    this.#words = Math.ceil(ni / 32)
    this.#sliceWords = this.#words * nj
    this.#lastMask = ni % 32 === 0 ? allBits : (1 << (ni % 32)) - 1
    const bits = () => new Int32Array(this.#sliceWords * nk)
    this.#set = bits()
    this.#planes = [bits(), bits(), bits()]
    this.#alongRows = bits().subarray(0, this.#sliceWords)
    this.#inSlices = bits()
    this.#around = bits()
    this.#whole = new Uint8Array(nk)
  }

  /**
   * Writes `kind · perKind + reach` for each brick, x fastest. Kinds are 0…7; no reach is greater
   * than its kind's cap: the first of `caps` for kind 0, the second, no greater, for the others. Goes
   * step by step, a millisecond or two each; before the last step the codes are not true.
   */
  *write(
    codes: Uint8Array,
    kinds: Uint8Array,
    perKind: number,
    [emptyCap, tissueCap]: readonly [number, number],
  ): Generator<void, void> {
    const bases = Uint8Array.from({ length: 8 }, (_, kind) => kind * perKind)
    const farthest = bases.map((base, kind) => base + (kind === 0 ? emptyCap : tissueCap))
    this.#readKinds(kinds, codes, farthest)
    this.#whole.fill(0)
    this.#set.fill(0)
    for (const plane of this.#planes) {
      yield
      this.#addMixed(plane)
    }
    yield
    let more = this.#writeBorders(codes, kinds, bases)
    for (let reach = 2; reach < emptyCap && more; reach++) {
      // Tissue that lies deeper keeps its cap; what it grows to has been reached from its border.
      yield
      if (reach === tissueCap) this.#addTissue()
      this.#growInSlices(this.#set)
      more = this.#growAcrossSlices(codes, kinds, bases, reach)
    }
  }

  #readKinds(kinds: Uint8Array, codes: Uint8Array, farthest: Uint8Array): void {
    const [ni, nj, nk] = this.#dims
    const [ones, twos, fours] = this.#planes
    for (let row = 0, n = 0, at = 0; row < nj * nk; row++) {
      for (let i = 0; i < ni; at++) {
        const end = Math.min(i + 32, ni)
        let one = 0
        let two = 0
        let four = 0
        for (let bit = 0; i < end; i++, bit++, n++) {
          const kind = kinds[n] as number
          codes[n] = farthest[kind] as number
          one |= (kind & 1) << bit
          two |= ((kind >> 1) & 1) << bit
          four |= (kind >> 2) << bit
        }
        ones[at] = one
        twos[at] = two
        fours[at] = four
      }
    }
  }

  /** Adds the bricks around which some are in a plane and some are not. */
  #addMixed(plane: Int32Array): void {
    if (plane.every((word) => word === 0)) return
    this.#growInSlices(plane)
    this.#eachWordAround((at, around) => {
      this.#around[at] = around
    })
    this.#complement(plane)
    this.#growInSlices(plane)
    this.#eachWordAround((at, around) => {
      this.#set[at]! |= around & (this.#around[at] as number)
    })
    this.#complement(plane)
  }

  #complement(plane: Int32Array): void {
    const last = this.#words - 1
    for (let at = 0, word = 0; at < plane.length; at++) {
      plane[at]! ^= word === last ? this.#lastMask : allBits
      word = word === last ? 0 : word + 1
    }
  }

  #addTissue(): void {
    const [ones, twos, fours] = this.#planes
    for (let at = 0; at < ones.length; at++) {
      this.#set[at]! |= (ones[at] as number) | (twos[at] as number) | (fours[at] as number)
    }
  }

  /** Every brick of a slice within one of a set's in the same slice. */
  #growInSlices(set: Int32Array): void {
    const [, , nk] = this.#dims
    const words = this.#sliceWords
    for (let k = 0, first = 0; k < nk; k++, first += words) {
      if (this.#whole[k] === 2) continue
      this.#growAlongRows(set, first)
      this.#growAcrossRows(first)
      if (this.#whole[k] === 1) this.#whole[k] = 2
    }
  }

  #growAlongRows(set: Int32Array, first: number): void {
    const last = this.#words - 1
    const mask = this.#lastMask
    const grown = this.#alongRows
    let before = 0
    for (let n = 0, word = 0, here = set[first] as number; n < grown.length; n++) {
      const after = n + 1 < grown.length ? (set[first + n + 1] as number) : 0
      let bits = here | (here << 1) | (here >>> 1)
      if (word > 0) bits |= before >>> 31
      if (word < last) {
        bits |= after << 31
        word++
      } else {
        bits &= mask
        word = 0
      }
      grown[n] = bits
      before = here
      here = after
    }
  }

  #growAcrossRows(first: number): void {
    const words = this.#words
    const rows = this.#alongRows
    const grown = this.#inSlices
    const last = rows.length - words
    for (let n = 0; n < rows.length; n++) {
      let bits = rows[n] as number
      if (n >= words) bits |= rows[n - words] as number
      if (n < last) bits |= rows[n + words] as number
      grown[first + n] = bits
    }
  }

  #eachWordAround(visit: (at: number, around: number) => void): void {
    const slices = this.#inSlices
    const words = this.#sliceWords
    const last = slices.length - words
    for (let at = 0; at < slices.length; at++) {
      let bits = slices[at] as number
      if (at >= words) bits |= slices[at - words] as number
      if (at < last) bits |= slices[at + words] as number
      visit(at, bits)
    }
  }

  #writeBorders(codes: Uint8Array, kinds: Uint8Array, bases: Uint8Array): boolean {
    let any = false
    for (let at = 0; at < this.#set.length; at++) {
      const bits = this.#set[at] as number
      if (bits === 0) continue
      any = true
      this.#writeWord(codes, kinds, bases, at, bits, 1)
    }
    return any
  }

  /** Answers whether a brick has come to the set. */
  #growAcrossSlices(
    codes: Uint8Array,
    kinds: Uint8Array,
    bases: Uint8Array,
    reach: number,
  ): boolean {
    const [, , nk] = this.#dims
    const [set, slices, words] = [this.#set, this.#inSlices, this.#sliceWords]
    const [lastWord, lastMask] = [this.#words - 1, this.#lastMask]
    let any = false
    for (let k = 0, at = 0; k < nk; k++) {
      if (this.#whole[k] !== 0) {
        at += words
        continue
      }
      const [below, above] = [k > 0 ? words : 0, k < nk - 1 ? words : 0]
      let whole = 1
      for (let word = 0, end = at + words; at < end; at++) {
        const before = set[at] as number
        const mask = word === lastWord ? lastMask : allBits
        word = word === lastWord ? 0 : word + 1
        if (before === mask) continue
        const bits =
          before |
          (slices[at] as number) |
          (slices[at - below] as number) |
          (slices[at + above] as number)
        if (bits !== mask) whole = 0
        if (bits === before) continue
        any = true
        set[at] = bits
        this.#writeWord(codes, kinds, bases, at, bits & ~before, reach)
      }
      this.#whole[k] = whole
    }
    return any
  }

  #writeWord(
    codes: Uint8Array,
    kinds: Uint8Array,
    bases: Uint8Array,
    at: number,
    fresh: number,
    reach: number,
  ): void {
    const row = Math.floor(at / this.#words)
    const first = row * this.#dims[0] + 32 * (at - row * this.#words)
    // Most come in runs.
    for (let rest = fresh, bit = 0; rest !== 0; ) {
      const start = 31 - Math.clz32(rest & -rest)
      const gap = ~(rest >>> start)
      bit = start + (gap === 0 ? 32 : 31 - Math.clz32(gap & -gap))
      for (let n = first + start; n < first + bit; n++) {
        codes[n] = (bases[kinds[n] as number] as number) + reach
      }
      rest = bit < 32 ? rest & (allBits << bit) : 0
    }
  }
}

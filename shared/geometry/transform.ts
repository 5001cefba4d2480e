/**
 * Spaces are types. A `Transform<To, From>` is an affine 4×4, row-major, that takes column vectors
 * of `From` to `To`; it is named target-from-source, so equal neighbours cancel:
 * `compose(worldFromPatient, patientFromVoxel)` is a `worldFromVoxel`.
 *
 * voxel: column i, row j, slice k; integers are voxel centres.
 * patient: LPS, mm (+x left, +y posterior, +z head), valid within one frameOfReferenceUID.
 * world: metres, y up, right-handed. texture: [0,1]³ over the voxel box.
 */
export type Space = 'voxel' | 'patient' | 'world' | 'texture'

export type Vec3 = readonly [number, number, number]

declare const space: unique symbol
export type Transform<To extends Space, From extends Space> = readonly number[] & {
  readonly [space]?: readonly [To, From]
}

/** Takes 16 numbers, row-major, whose last row is 0 0 0 1. Throws a RangeError on anything else. */
export function transform<To extends Space, From extends Space>(
  rowMajor: ArrayLike<number>,
): Transform<To, From> {
  const m = Array.from(rowMajor)
  const affine = m.length === 16 && m[12] === 0 && m[13] === 0 && m[14] === 0 && m[15] === 1
  if (!affine || !m.every(Number.isFinite)) {
    throw new RangeError('a transform is 16 finite numbers, row-major, ending in 0 0 0 1')
  }
  return m as unknown as Transform<To, From>
}

export function compose<A extends Space, B extends Space, C extends Space>(
  aFromB: Transform<A, B>,
  bFromC: Transform<B, C>,
): Transform<A, C> {
  const out = new Array<number>(16)
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      let sum = 0
      for (let n = 0; n < 4; n++) sum += at(aFromB, 4 * row + n) * at(bFromC, 4 * n + column)
      out[4 * row + column] = sum
    }
  }
  return out as unknown as Transform<A, C>
}

/** Throws a RangeError where the three axes do not span space. */
export function invert<To extends Space, From extends Space>(
  toFromFrom: Transform<To, From>,
): Transform<From, To> {
  const [a, b, c, tx, d, e, f, ty, g, h, i, tz] = toFromFrom as unknown as number[] & { length: 16 }
  const [A, B, C] = [e! * i! - f! * h!, f! * g! - d! * i!, d! * h! - e! * g!]
  const determinant = a! * A + b! * B + c! * C
  if (!Number.isFinite(1 / determinant)) throw new RangeError('a flat transform has no inverse')
  const r = [
    A, c! * h! - b! * i!, b! * f! - c! * e!,
    B, a! * i! - c! * g!, c! * d! - a! * f!,
    C, b! * g! - a! * h!, a! * e! - b! * d!,
  ].map((value) => value / determinant) // biome-ignore format: a 3×3 reads as rows
  const shift = (row: number) => -(r[row]! * tx! + r[row + 1]! * ty! + r[row + 2]! * tz!)
  return [
    r[0]!,
    r[1]!,
    r[2]!,
    shift(0),
    r[3]!,
    r[4]!,
    r[5]!,
    shift(3),
    r[6]!,
    r[7]!,
    r[8]!,
    shift(6),
    0,
    0,
    0,
    1,
  ] as unknown as Transform<From, To>
}

export function transformPoint<To extends Space, From extends Space>(
  m: Transform<To, From>,
  [x, y, z]: Vec3,
): Vec3 {
  return [
    at(m, 0) * x + at(m, 1) * y + at(m, 2) * z + at(m, 3),
    at(m, 4) * x + at(m, 5) * y + at(m, 6) * z + at(m, 7),
    at(m, 8) * x + at(m, 9) * y + at(m, 10) * z + at(m, 11),
  ]
}

/** A direction: turned and scaled, not moved. */
export function transformVector<To extends Space, From extends Space>(
  m: Transform<To, From>,
  [x, y, z]: Vec3,
): Vec3 {
  return [
    at(m, 0) * x + at(m, 1) * y + at(m, 2) * z,
    at(m, 4) * x + at(m, 5) * y + at(m, 6) * z,
    at(m, 8) * x + at(m, 9) * y + at(m, 10) * z,
  ]
}

function at(m: readonly number[], index: number): number {
  return m[index] as number
}

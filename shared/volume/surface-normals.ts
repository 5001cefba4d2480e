/** Steps between thick slices shade like stairs; over so many corners around, they do not. */
const rounds = 6

/** The mean of the normals of the triangles around each corner by their areas, evened out. */
export function smoothNormals(
  positions: Float32Array,
  indices: Uint32Array,
): Float32Array<ArrayBuffer> {
  let normals: Float32Array<ArrayBuffer> = new Float32Array(positions.length)
  for (let n = 0; n < indices.length; n += 3) {
    const [a, b, c] = [3 * indices[n]!, 3 * indices[n + 1]!, 3 * indices[n + 2]!]
    const [ax, ay, az] = [positions[a]!, positions[a + 1]!, positions[a + 2]!]
    const [bx, by, bz] = [positions[b]! - ax, positions[b + 1]! - ay, positions[b + 2]! - az]
    const [cx, cy, cz] = [positions[c]! - ax, positions[c + 1]! - ay, positions[c + 2]! - az]
    const [x, y, z] = [by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx]
    for (const corner of [a, b, c]) {
      normals[corner]! += x
      normals[corner + 1]! += y
      normals[corner + 2]! += z
    }
  }
  toUnitLength(normals)
  for (let round = 0; round < rounds; round++) normals = evened(normals, indices)
  return normals
}

/** Each with those that it shares a triangle with. */
function evened(normals: Float32Array, indices: Uint32Array): Float32Array<ArrayBuffer> {
  const sums = new Float32Array(normals)
  for (let n = 0; n < indices.length; n += 3) {
    const [a, b, c] = [3 * indices[n]!, 3 * indices[n + 1]!, 3 * indices[n + 2]!]
    for (let axis = 0; axis < 3; axis++) {
      const [x, y, z] = [normals[a + axis]!, normals[b + axis]!, normals[c + axis]!]
      sums[a + axis]! += y + z
      sums[b + axis]! += x + z
      sums[c + axis]! += x + y
    }
  }
  toUnitLength(sums)
  return sums
}

function toUnitLength(normals: Float32Array): void {
  for (let n = 0; n < normals.length; n += 3) {
    const size = Math.hypot(normals[n]!, normals[n + 1]!, normals[n + 2]!) || 1
    normals[n]! /= size
    normals[n + 1]! /= size
    normals[n + 2]! /= size
  }
}

import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { Series } from './series.ts'

const dims: readonly [number, number, number] = [512, 512, 256]
/** 410 × 410 × 384 mm: a head and shoulders. */
const spacingMm: Vec3 = [0.8, 0.8, 1.5]
const noiseHU = 15
/** How wide a scanner draws an edge. */
const edgeMm = 1.5
const [lowestHU, highestHU] = [-1024, 3071]

/** Voxel 0 in LPS: the middle of the volume is the origin. */
const firstMm = dims.map((count, axis) => (-(count - 1) / 2) * (spacingMm[axis] as number))

/** Negative inside, mm; need only be right near the surface. */
type Distance = (x: number, y: number, z: number) => number

/**
 * A head on shoulders of 512×512×256 voxels in 12 bits, the same every time: skin, skull, brain,
 * spine, ribs, lungs, a heart and vessels full of contrast, edges 1.5 mm wide as a scanner
 * draws them, every voxel with noise of ±15 HU, air around it.
 */
export function syntheticCt(): Series {
  const voxels = new Int16Array(dims[0] * dims[1] * dims[2]).fill(-1000)
  const paint = (hu: number, centre: Vec3, reach: Vec3, distance: Distance) =>
    paintSolid(voxels, hu, centre, reach, distance)
  const ellipsoid = (hu: number, centre: Vec3, radii: Vec3) =>
    paint(hu, centre, radii, toEllipsoid(centre, radii))
  const trunk = (hu: number, centre: Vec3, radii: Vec3) =>
    paint(hu, centre, radii, toTrunk(centre, radii))
  const tube = (hu: number, a: Vec3, b: Vec3, radius: number) => {
    const middle: Vec3 = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
    const reach = [0, 1, 2].map(
      (axis) => Math.abs((a[axis] as number) - (b[axis] as number)) / 2 + radius,
    ) as unknown as Vec3
    paint(hu, middle, reach, toSegment(a, b, radius))
  }
  torso(ellipsoid, tube, trunk)
  head(ellipsoid, tube)
  addNoise(voxels)
  const [di, dj, dk] = spacingMm
  const [x = 0, y = 0, z = 0] = firstMm
  return { dims, patientFromVoxel: [di, 0, 0, x, 0, dj, 0, y, 0, 0, dk, z, 0, 0, 0, 1], voxels }
}

type Solid = (hu: number, centre: Vec3, radii: Vec3) => void
type Tube = (hu: number, a: Vec3, b: Vec3, radius: number) => void

function torso(ellipsoid: Solid, tube: Tube, trunk: Solid): void {
  trunk(-90, [0, 5, -190], [190, 118, 140])
  trunk(50, [0, 5, -190], [182, 110, 132])
  tube(-90, [0, 10, -80], [0, 5, 10], 62)
  tube(50, [0, 10, -80], [0, 5, 10], 57)
  for (const side of [1, -1]) {
    ellipsoid(-850, [75 * side, 0, -200], [62, 82, 115])
    tube(700, [8 * side, -88, -78], [132 * side, -12, -76], 7)
    ellipsoid(500, [134 * side, 8, -92], [21, 21, 23])
    for (let rib = 0; rib < 6; rib++) ribOf(tube, side, -100 - 17 * rib)
    tube(320, [3 * side, -35, -95], [24 * side, -12, 20], 4)
    tube(320, [10 * side, -40, -95], [140 * side, 0, -75], 5)
    // The lung's vessels, thinner outwards.
    for (let n = 0; n < 9; n++) {
      const angle = (n / 9) * 2 * Math.PI
      const end: Vec3 = [
        (75 + 42 * Math.cos(angle)) * side,
        55 * Math.sin(angle),
        -135 - 12 * (n % 4),
      ]
      tube(180, [28 * side, 0, -150], end, 1.2 + 0.4 * (n % 3))
    }
  }
  ellipsoid(160, [20, -20, -175], [48, 42, 45])
  ellipsoid(330, [24, -20, -178], [24, 20, 24])
  tube(330, [5, 22, -192], [5, 22, -125], 12)
  tube(330, [5, 22, -125], [-2, -25, -118], 12)
  tube(250, [0, -96, -190], [0, -92, -95], 9)
  for (let n = 0; n < 15; n++) {
    const z = -186 + 14 * n
    const y = 62 - 0.2 * (z + 186)
    tube(600, [0, y, z - 4], [0, y, z + 4], 15)
    tube(180, [0, y, z - 3], [0, y, z + 3], 11)
    tube(650, [0, y + 14, z], [0, y + 38, z - 8], 4)
  }
}

/** From the spine round the side to the breastbone, falling forwards. */
function ribOf(tube: Tube, side: number, topMm: number): void {
  const parts = 14
  const at = (n: number): Vec3 => {
    const angle = (n / parts) * Math.PI
    return [side * (6 + 146 * Math.sin(angle)), 74 * Math.cos(angle) - 6, topMm - 2.2 * n]
  }
  for (let n = 0; n < parts; n++) {
    tube(n > 11 ? 180 : 650, at(n), at(n + 1), 5)
  }
}

function head(ellipsoid: Solid, tube: Tube): void {
  ellipsoid(-80, [0, 0, 85], [80, 100, 100])
  ellipsoid(-80, [0, -32, 40], [60, 64, 62])
  ellipsoid(50, [0, 0, 85], [77, 97, 97])
  ellipsoid(50, [0, -32, 40], [57, 61, 59])
  tube(-60, [0, -80, 60], [0, -118, 50], 11)
  tube(-950, [0, -70, 56], [0, -104, 48], 5)
  for (const side of [1, -1]) tube(-50, [76 * side, 8, 60], [90 * side, 18, 72], 9)
  ellipsoid(1300, [0, 4, 92], [72, 90, 88])
  ellipsoid(400, [0, 4, 92], [69, 87, 85])
  ellipsoid(1200, [0, 4, 92], [68, 86, 84])
  ellipsoid(38, [0, 4, 92], [65, 83, 81])
  for (const side of [1, -1]) {
    ellipsoid(8, [14 * side, 8, 100], [8, 32, 14])
    ellipsoid(-950, [16 * side, -72, 42], [13, 14, 16])
    ellipsoid(12, [30 * side, -80, 66], [15, 15, 14])
    tube(900, [48 * side, -10, 8], [10 * side, -68, 2], 8)
    tube(320, [24 * side, -12, 20], [8 * side, 0, 62], 3)
    tube(320, [8 * side, 0, 62], [52 * side, -4, 74], 1.8)
    tube(320, [6 * side, -8, 64], [6 * side, -64, 110], 1.5)
    for (let tooth = 0; tooth < 7; tooth++) {
      const x = 5 + 6 * tooth
      const y = -76 + 0.024 * x * x
      tube(2400, [x * side, y, 8], [x * side, y, 22], 2.6)
    }
  }
  tube(800, [-26, -72, 28], [26, -72, 28], 8)
  tube(700, [0, 40, 18], [0, 24, 40], 14)
}

const toEllipsoid = ([cx, cy, cz]: Vec3, [rx, ry, rz]: Vec3): Distance => {
  const least = Math.min(rx, ry, rz)
  return (x, y, z) => {
    const [u, v, w] = [(x - cx) / rx, (y - cy) / ry, (z - cz) / rz]
    return (Math.sqrt(u * u + v * v + w * w) - 1) * least
  }
}

/** An ellipsoid whose sides stand upright until near its top. */
const toTrunk = ([cx, cy, cz]: Vec3, [rx, ry, rz]: Vec3): Distance => {
  const least = Math.min(rx, ry, rz)
  return (x, y, z) => {
    const [u, v, w] = [(x - cx) / rx, (y - cy) / ry, (z - cz) / rz]
    const upright = w * w * w
    return (Math.sqrt(u * u + v * v + upright * upright) - 1) * least
  }
}

const toSegment = (a: Vec3, b: Vec3, radius: number): Distance => {
  const [ax, ay, az] = a
  const [dx, dy, dz] = [b[0] - ax, b[1] - ay, b[2] - az]
  const squared = dx * dx + dy * dy + dz * dz
  return (x, y, z) => {
    const along = ((x - ax) * dx + (y - ay) * dy + (z - az) * dz) / squared
    const t = Math.min(1, Math.max(0, along))
    const [ex, ey, ez] = [x - ax - t * dx, y - ay - t * dy, z - az - t * dz]
    return Math.sqrt(ex * ex + ey * ey + ez * ez) - radius
  }
}

/** Over what is there; a voxel that the surface crosses gets its share of both. */
function paintSolid(
  voxels: Int16Array,
  hu: number,
  centre: Vec3,
  reach: Vec3,
  distance: Distance,
): void {
  const [di, dj, dk] = spacingMm
  const [fx = 0, fy = 0, fz = 0] = firstMm
  const [ni, nj] = dims
  const range = (axis: 0 | 1 | 2): [number, number] => {
    const [from, spacing] = [firstMm[axis] as number, spacingMm[axis]]
    const low = Math.floor((centre[axis] - reach[axis] - from) / spacing) - 2
    const high = Math.ceil((centre[axis] + reach[axis] - from) / spacing) + 2
    return [Math.max(0, low), Math.min(dims[axis] - 1, high)]
  }
  const [[i0, i1], [j0, j1], [k0, k1]] = [range(0), range(1), range(2)]
  for (let k = k0; k <= k1; k++) {
    for (let j = j0; j <= j1; j++) {
      const row = (k * nj + j) * ni
      for (let i = i0; i <= i1; i++) {
        const share = 0.5 - distance(fx + i * di, fy + j * dj, fz + k * dk) / edgeMm
        if (share <= 0) continue
        const was = voxels[row + i] as number
        voxels[row + i] = share >= 1 ? hu : was + share * (hu - was)
      }
    }
  }
}

/** Even over ±noiseHU, by a xorshift of a fixed seed; twelve bits hold the result. */
function addNoise(voxels: Int16Array): void {
  let seed = 0x2545f491
  for (let n = 0; n < voxels.length; n++) {
    seed ^= seed << 13
    seed ^= seed >>> 17
    seed ^= seed << 5
    const value = (voxels[n] as number) + ((seed >>> 8) % (2 * noiseHU + 1)) - noiseHU
    voxels[n] = Math.min(highestHU, Math.max(lowestHU, value))
  }
}

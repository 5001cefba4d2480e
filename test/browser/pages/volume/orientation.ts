import type { Vec3 } from '../../../../shared/geometry/transform.ts'
import type { TransferFunction } from '../../../../shared/volume/transfer-function.ts'
import type { Pixels } from './open-volume-page.ts'
import { inBall, type OrthographicView, type Phantom, pixelOf } from './phantoms.ts'

/** One ball to the left, behind and above, each of its own value and colour: no symmetry left. */
const balls = [
  { name: 'left', centre: [30, 4, -6], radiusMm: 9, value: 400 },
  { name: 'posterior', centre: [-8, 30, 6], radiusMm: 8, value: 700 },
  { name: 'head', centre: [-6, -8, 32], radiusMm: 7, value: 1000 },
] as const

const isBall = {
  left: (r: number, g: number, b: number) => r > 120 && g < 60 && b < 60,
  posterior: (r: number, g: number, b: number) => g > 120 && r < 60 && b < 60,
  head: (r: number, g: number, b: number) => b > 120 && r < 60 && g < 60,
}

export const ballColours: TransferFunction = [
  { value: 0, r: 1, g: 0, b: 0, opacity: 0 },
  { value: 350, r: 1, g: 0, b: 0, opacity: 0 },
  { value: 380, r: 1, g: 0, b: 0, opacity: 1 },
  { value: 450, r: 1, g: 0, b: 0, opacity: 1 },
  { value: 650, r: 0, g: 1, b: 0, opacity: 1 },
  { value: 750, r: 0, g: 1, b: 0, opacity: 1 },
  { value: 950, r: 0, g: 0, b: 1, opacity: 1 },
  { value: 1100, r: 0, g: 0, b: 1, opacity: 1 },
]

export function asymmetric(volume: Omit<Phantom, 'valueAt'>): Phantom {
  const inside = balls.map(({ centre, radiusMm }) => inBall(centre, radiusMm))
  return {
    ...volume,
    valueAt: (at) => balls[inside.findIndex((holds) => holds(at))]?.value ?? 0,
  }
}

/** In words, what is not where the patient has it; nothing where all is. */
export function orientationFaults(
  picture: Pixels,
  view: OrthographicView,
  size: number,
  tolerancePx: number,
): string[] {
  return balls.flatMap(({ name, centre }) => {
    const found = picture.find(isBall[name])
    if (found.count < 20) return [`${name} is not seen`]
    const [x, y] = pixelOf(centre as Vec3, view, size)
    const off = Math.hypot(found.x + 0.5 - x, found.y + 0.5 - y)
    return off > tolerancePx ? [`${name} is ${off.toFixed(1)} pixels away`] : []
  })
}

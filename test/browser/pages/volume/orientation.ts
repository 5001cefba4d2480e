import type { Vec3 } from '../../../../shared/geometry/transform.ts'
import type { Pixels } from './open-volume-page.ts'
import { inBall, type OrthographicView, type Phantom, pixelOf } from './phantoms.ts'

/** A ball to the left, one behind and one above, each of its own size: no symmetry left. */
const balls: readonly {
  readonly name: string
  readonly centre: Vec3
  readonly radiusMm: number
}[] = [
  { name: 'left', centre: [30, 4, -6], radiusMm: 9 },
  { name: 'posterior', centre: [-8, 30, 6], radiusMm: 7 },
  { name: 'head', centre: [-6, -8, 32], radiusMm: 5 },
]

export function asymmetric(volume: Omit<Phantom, 'valueAt'>): Phantom {
  const inside = balls.map(({ centre, radiusMm }) => inBall(centre, radiusMm))
  return { ...volume, valueAt: (at) => (inside.some((holds) => holds(at)) ? 1000 : 0) }
}

/** In words, what is not where the patient has it; nothing where all is. Balls are bright. */
export function orientationFaults(picture: Pixels, view: OrthographicView, size: number): string[] {
  const pixelsPerMm = size / (1000 * view.heightM)
  return balls.flatMap(({ name, centre, radiusMm }) => {
    const [x, y] = pixelOf(centre, view, size)
    const radius = radiusMm * pixelsPerMm
    const { count, ...found } = picture.findNear(x, y, 1.5 * radius, (r) => r > 100)
    const share = count / (Math.PI * radius ** 2)
    if (!(share > 0.7 && share < 1.35)) return [`${name} is not there, or not alone`]
    const off = Math.hypot(found.x + 0.5 - x, found.y + 0.5 - y)
    return off > 1.5 ? [`${name} is ${off.toFixed(1)} pixels away`] : []
  })
}

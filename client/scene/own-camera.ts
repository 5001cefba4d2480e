import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, cross, dot, normalize, scale, subtract } from '../../shared/geometry/vector.ts'
import { openingPose } from '../../shared/geometry/volume-pose.ts'

export interface Viewport {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
}

export interface Ray {
  readonly origin: Vec3
  /** Unit length. */
  readonly direction: Vec3
}

export const verticalFieldOfView = (32 * Math.PI) / 180
const steepest = Math.PI / 2 - 0.01
const nearestM = 0.05
const farthestM = 20

/**
 * This page's own eye: it looks at a point of the room from around it, and nobody but its owner
 * moves it. World space, metres.
 */
export class OwnCamera {
  #target: Vec3 = openingPose.position
  /** About world y; 0 looks along −z. */
  #yaw = 0
  #pitch = 0
  #distanceM = 1.6
  #homeDistanceM = 1.6
  #moved = false
  readonly #listeners = new Set<() => void>()

  onChange(listener: () => void): void {
    this.#listeners.add(listener)
  }

  get atHome(): boolean {
    return !this.#moved
  }

  get target(): Vec3 {
    return this.#target
  }

  get distanceM(): number {
    return this.#distanceM
  }

  get forward(): Vec3 {
    const c = Math.cos(this.#pitch)
    return [-Math.sin(this.#yaw) * c, Math.sin(this.#pitch), -Math.cos(this.#yaw) * c]
  }

  get right(): Vec3 {
    return [Math.cos(this.#yaw), 0, -Math.sin(this.#yaw)]
  }

  get up(): Vec3 {
    return cross(this.right, this.forward)
  }

  get eye(): Vec3 {
    return subtract(this.#target, scale(this.forward, this.#distanceM))
  }

  /** Where a ball of this radius around the volume's opening place fills the viewport. */
  setHome(radiusM: number, { width, height }: Viewport): void {
    const half = Math.min(
      verticalFieldOfView / 2,
      Math.atan(Math.tan(verticalFieldOfView / 2) * (width / height)),
    )
    this.#homeDistanceM = radiusM / Math.sin(half)
    if (!this.#moved) this.goHome()
  }

  goHome(): void {
    this.#target = openingPose.position
    this.#yaw = this.#pitch = 0
    this.#distanceM = this.#homeDistanceM
    this.#moved = false
    this.#tell()
  }

  /** Goes around the target; radians. */
  orbit(yaw: number, pitch: number): void {
    this.#yaw += yaw
    this.#pitch = Math.min(steepest, Math.max(-steepest, this.#pitch + pitch))
    this.#own()
  }

  /** Comes nearer (below 1) or goes away (above 1). */
  dolly(factor: number): void {
    this.#distanceM = Math.min(farthestM, Math.max(nearestM, this.#distanceM * factor))
    this.#own()
  }

  /** Shifts what is looked at by so many pixels at the target's distance. */
  pan(dx: number, dy: number, viewport: Viewport): void {
    const m = this.metresPerPixel(viewport)
    this.#target = add(this.#target, add(scale(this.right, -dx * m), scale(this.up, dy * m)))
    this.#own()
  }

  /** At the target's distance. */
  metresPerPixel({ height }: Viewport): number {
    return (2 * this.#distanceM * Math.tan(verticalFieldOfView / 2)) / height
  }

  /** Through a point of the viewport, CSS pixels from its top left. */
  rayThrough(x: number, y: number, { width, height }: Viewport): Ray {
    const t = Math.tan(verticalFieldOfView / 2)
    const across = ((2 * x) / width - 1) * t * (width / height)
    const upwards = (1 - (2 * y) / height) * t
    const direction = normalize(
      add(this.forward, add(scale(this.right, across), scale(this.up, upwards))),
    )
    return { origin: this.eye, direction }
  }

  /** CSS pixels, or undefined behind the eye. */
  project(world: Vec3, { width, height }: Viewport): { x: number; y: number } | undefined {
    const seen = subtract(world, this.eye)
    const depth = dot(seen, this.forward)
    if (depth < nearestM / 10) return undefined
    const t = Math.tan(verticalFieldOfView / 2)
    const across = dot(seen, this.right) / (depth * t * (width / height))
    const upwards = dot(seen, this.up) / (depth * t)
    return { x: ((across + 1) * width) / 2, y: ((1 - upwards) * height) / 2 }
  }

  #own(): void {
    this.#moved = true
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

import {
  conferenceId,
  largestScale,
  narrowestWindow,
  planeLimitMm,
  positionLimitM,
  smallestScale,
  windowLimit,
} from '../conference/bounds.ts'
import type { PoseSample } from './pose-sample.ts'

const laserLimitMm = 100_000
/** float32 of a unit vector. */
const unitTolerance = 1e-3

/** Whether a sample is one that a hand could make: what everybody's page may compute with. */
export function withinBounds(sample: PoseSample): boolean {
  const { laser, drag, plane, window, head, left, right } = sample
  for (const posed of [head, left, right]) {
    if (posed && !inRoom(posed.position)) return false
  }
  if (laser && ![...laser.origin, ...laser.end].every((mm) => Math.abs(mm) <= laserLimitMm)) {
    return false
  }
  if (drag) {
    const { position, rotation, scale } = drag
    if (!inRoom(position)) return false
    if (!isUnit(rotation) || scale < smallestScale || scale > largestScale) return false
  }
  if (plane) {
    if (!isUnit(plane.normal) || !conferenceId.test(plane.planeId)) return false
    if (Math.abs(plane.offsetMm) > planeLimitMm) return false
  }
  if (!window) return true
  const { windowCenter, windowWidth } = window
  const inRange = windowWidth >= narrowestWindow && windowWidth <= windowLimit
  return inRange && Math.abs(windowCenter) <= windowLimit
}

const inRoom = (position: readonly number[]): boolean =>
  position.every((m) => Math.abs(m) <= positionLimitM)
const isUnit = (v: readonly number[]): boolean => Math.abs(Math.hypot(...v) - 1) < unitTolerance

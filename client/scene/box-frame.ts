import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateLineSystem } from '@babylonjs/core/Meshes/Builders/linesBuilder.js'
import type { LinesMesh } from '@babylonjs/core/Meshes/linesMesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { ClippingPlane } from '../../shared/conference/event.ts'
import { boxCut, boxEdges, reach } from '../../shared/geometry/box-cut.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, dot, normalize, scale, subtract } from '../../shared/geometry/vector.ts'
import type { Labels } from './labels.ts'
import type { PatientSpace } from './patient-space.ts'

/** PS3.3 C.7.6.1.1.1: the letters of patient directions, in LPS. */
const letters: readonly (readonly [letter: string, direction: Vec3])[] = [
  ['L', [1, 0, 0]],
  ['R', [-1, 0, 0]],
  ['P', [0, 1, 0]],
  ['A', [0, -1, 0]],
  ['H', [0, 0, 1]],
  ['F', [0, 0, -1]],
]
const frameColour = new Color3(0.2, 0.23, 0.28)
const planeColour = new Color3(0.3, 0.76, 1)

/** Which way an eye looks: unit vectors of the world. */
export interface Looking {
  readonly forward: Vec3
  readonly right: Vec3
  readonly up: Vec3
}

/** The volume's box, the patient's directions around it, and where planes cut it. */
export class BoxFrame {
  readonly #scene: Scene
  readonly #space: PatientSpace
  readonly #labels: Labels
  #frame: LinesMesh | undefined
  #cuts: LinesMesh | undefined

  constructor(scene: Scene, space: PatientSpace, labels: Labels) {
    this.#scene = scene
    this.#space = space
    this.#labels = labels
  }

  showBox(): void {
    this.#frame?.dispose()
    this.#labels.keep('letter ', new Set())
    const { corners } = this.#space
    this.#frame = this.#lines(
      'box',
      boxEdges
        .map(([a, b]) => [corners[a], corners[b]].filter((c) => c !== undefined))
        .filter((edge) => edge.length > 0),
      frameColour,
    )
  }

  showPlanes(planes: readonly ClippingPlane[]): void {
    this.#cuts?.dispose()
    const outlines = planes
      .filter(({ enabled }) => enabled)
      .map(({ normal, offsetMm }) => boxCut(this.#space.corners, normal, offsetMm))
      .filter((outline) => outline.length > 0)
    this.#cuts = this.#lines(
      'clipping planes',
      outlines.map((outline) => [...outline, ...outline.slice(0, 1)]),
      planeColour,
    )
  }

  /**
   * Letters on the near side are bright, those behind the volume are dim. Whatever part of the
   * volume is looked at, those out of sight stand at the pane's edge.
   */
  showLetters(eye: Looking): void {
    const { corners, centreMm } = this.#space
    if (corners.length === 0) return
    const middle = this.#space.toWorld(centreMm)
    for (const [letter, direction] of letters) {
      const out = reach(corners, centreMm, direction) * 1.06 + 4
      const world = this.#space.toWorld(add(centreMm, scale(direction, out)))
      const outwards = normalize(subtract(world, middle))
      const far = dot(outwards, eye.forward) > 0
      this.#labels.set(`letter ${letter}`, {
        text: letter,
        kind: 'orientation',
        world,
        opacity: far ? 0.45 : 1,
        towards: [dot(outwards, eye.right), -dot(outwards, eye.up)],
      })
    }
  }

  #lines(name: string, lines: Vec3[][], colour: Color3): LinesMesh | undefined {
    if (lines.length === 0) return undefined
    const mesh = CreateLineSystem(
      name,
      { lines: lines.map((line) => line.map((p) => new Vector3(...p))) },
      this.#scene,
    )
    mesh.color = colour
    mesh.parent = this.#space.node
    mesh.isPickable = false
    return mesh
  }
}

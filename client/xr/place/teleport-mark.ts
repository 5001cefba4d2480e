import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateLines } from '@babylonjs/core/Meshes/Builders/linesBuilder.js'
import { CreateTorus } from '@babylonjs/core/Meshes/Builders/torusBuilder.js'
import type { LinesMesh } from '@babylonjs/core/Meshes/linesMesh.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { TeleportArc } from './teleport-arc.ts'

const accent = '#4cc2ff'
const quiet = '#9aa3b0'
/** A line of one length is redrawn without being made anew. */
const linePoints = 48

/** The arc that a wearer throws, and the ring on the floor where they would stand. */
export class TeleportMark {
  readonly #ring: Mesh
  #line: LinesMesh
  readonly #host: ImmersionHost

  constructor(host: ImmersionHost) {
    this.#host = host
    const { scene, inks } = host
    this.#ring = CreateTorus('landing', { diameter: 0.5, thickness: 0.02, tessellation: 40 }, scene)
    this.#ring.material = inks.of(accent)
    this.#ring.isPickable = false
    this.#line = this.#lineOf([])
    this.hide()
  }

  show({ points, landing }: TeleportArc): void {
    this.#line = this.#lineOf(points)
    this.#line.color = Color3.FromHexString(landing ? accent : quiet)
    this.#line.setEnabled(true)
    this.#ring.setEnabled(landing !== undefined)
    if (landing) this.#ring.position.set(landing[0], 0.01, landing[2])
  }

  hide(): void {
    this.#ring.setEnabled(false)
    this.#line.setEnabled(false)
  }

  dispose(): void {
    this.#ring.dispose()
    this.#line.dispose(false, true)
  }

  #lineOf(points: TeleportArc['points']): LinesMesh {
    const last = points.at(-1) ?? [0, 0, 0]
    const all = Array.from({ length: linePoints }, (_, n) => {
      const place = points[Math.round((n * (points.length - 1)) / (linePoints - 1))] ?? last
      return new Vector3(...place)
    })
    const instance: LinesMesh | undefined = this.#line
    const line = CreateLines(
      'throw',
      { points: all, updatable: true, ...(instance && { instance }) },
      this.#host.scene,
    )
    line.isPickable = false
    line.alwaysSelectAsActiveMesh = true
    return line
  }
}

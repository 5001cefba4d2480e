import { Color3 } from '@babylonjs/core/Maths/math.color.js'
import { Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateLineSystem } from '@babylonjs/core/Meshes/Builders/linesBuilder.js'
import type { LinesMesh } from '@babylonjs/core/Meshes/linesMesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceView } from '../conference/conference-view.ts'
import { slicePlanes } from '../slices/slice-planes.ts'
import type { PatientSpace } from './patient-space.ts'

/** Where the slices beside the volume lie in it: an outline for each, in the panes' colours. */
export class SliceFrames {
  enabled = false
  readonly #scene: Scene
  readonly #space: PatientSpace
  #lines: LinesMesh[] = []
  #drawn: unknown[] = []

  constructor(scene: Scene, space: PatientSpace) {
    this.#scene = scene
    this.#space = space
  }

  show(view: Pick<ConferenceView, 'slicing'>, volume: VolumeManifest | undefined): void {
    const wanted = [this.enabled, view.slicing, volume]
    if (wanted.every((part, n) => part === this.#drawn[n])) return
    this.#drawn = wanted
    this.dispose()
    if (!this.enabled || !volume) return
    for (const { kind, outlineMm, colour } of slicePlanes(view, volume)) {
      if (outlineMm.length === 0) continue
      const points = [...outlineMm, ...outlineMm.slice(0, 1)].map((p) => new Vector3(...p))
      const mesh = CreateLineSystem(`slice ${kind}`, { lines: [points] }, this.#scene)
      mesh.color = Color3.FromHexString(colour).scale(0.7)
      mesh.parent = this.#space.node
      mesh.isPickable = false
      this.#lines.push(mesh)
    }
  }

  dispose(): void {
    for (const mesh of this.#lines) mesh.dispose()
    this.#lines = []
  }
}

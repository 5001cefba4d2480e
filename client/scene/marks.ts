import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { AnnotationView, ConferenceView } from '../conference/conference-view.ts'
import type { Labels } from './labels.ts'
import type { PatientSpace } from './patient-space.ts'
import type { MarkPreview } from './stage-space.ts'
import { ball, between, type Inks, lay, rod } from './stroke.ts'

/** Drawn after the volume, over it: a mark is never hidden by what it marks. */
const overTheVolume = 1
const headPart = 0.75

/** The shown volume's annotations: points, arrows, and the words beside them. */
export class Marks {
  readonly #scene: Scene
  readonly #space: PatientSpace
  readonly #inks: Inks
  readonly #labels: Labels
  #shown: readonly unknown[] = []
  readonly #meshes = new Map<string, { drawn: AnnotationView; meshes: readonly Mesh[] }>()

  constructor(scene: Scene, space: PatientSpace, inks: Inks, labels: Labels) {
    this.#scene = scene
    this.#space = space
    this.#inks = inks
    this.#labels = labels
  }

  /** Costs nothing where nothing has changed, and no mesh where a mark is another object only. */
  show(annotations: readonly AnnotationView[], shownVolumeId: string): void {
    const now = [annotations, shownVolumeId, this.#space.worldFromPatient]
    if (now.every((part, n) => part === this.#shown[n])) return
    this.#shown = now
    const shown = annotations.filter(({ volumeId }) => volumeId === shownVolumeId)
    const ids = new Set(shown.map(({ annotationId }) => annotationId))
    for (const id of [...this.#meshes.keys()]) if (!ids.has(id)) this.#erase(id)
    for (const annotation of shown) {
      const { annotationId } = annotation
      const drawn = this.#meshes.get(annotationId)?.drawn
      if (!drawn || !looksAlike(drawn, annotation)) {
        this.#erase(annotationId)
        this.#meshes.set(annotationId, { drawn: annotation, meshes: this.#draw(annotation) })
      }
      this.#name(annotation)
    }
  }

  #draw({ annotationId, kind, pointsMm, colour }: AnnotationView): Mesh[] {
    const [first, second] = pointsMm
    if (!first) return []
    const meshes =
      kind === 'arrow' && second
        ? this.#arrow(annotationId, first, second)
        : [this.#point(annotationId, first)]
    for (const mesh of meshes) {
      mesh.material = this.#inks.of(colour)
      mesh.renderingGroupId = overTheVolume
    }
    return meshes
  }

  #point(id: string, at: Vec3): Mesh {
    const mesh = ball(`mark ${id}`, this.#scene, this.#space.node, 2.5)
    mesh.position.set(...at)
    return mesh
  }

  #arrow(id: string, tail: Vec3, head: Vec3): Mesh[] {
    const neck = between(tail, head, headPart)
    const shaft = rod(`shaft ${id}`, this.#scene, this.#space.node, { radius: 0.8 })
    const tip = rod(`tip ${id}`, this.#scene, this.#space.node, { radius: 3, tipRadius: 0 })
    lay(shaft, tail, neck)
    lay(tip, neck, head)
    return [shaft, tip]
  }

  #name({ annotationId, text, colour, pointsMm }: AnnotationView): void {
    const id = `mark ${annotationId}`
    const [at] = pointsMm
    if (text && at) {
      this.#labels.set(id, { text, colour, kind: 'mark', world: this.#space.toWorld(at) })
    } else this.#labels.remove(id)
  }

  #erase(annotationId: string): void {
    for (const mesh of this.#meshes.get(annotationId)?.meshes ?? []) mesh.dispose()
    this.#meshes.delete(annotationId)
    this.#labels.remove(`mark ${annotationId}`)
  }
}

function looksAlike(a: AnnotationView, b: AnnotationView): boolean {
  if (a === b) return true
  const alike = a.kind === b.kind && a.colour === b.colour
  return alike && `${a.pointsMm}` === `${b.pointsMm}`
}

/** A mark that its author is still drawing. */
export function previewOf({ kind, pointsMm }: MarkPreview, view: ConferenceView): AnnotationView {
  return {
    annotationId: 'preview',
    volumeId: view.shownVolumeId,
    kind,
    pointsMm,
    text: '',
    measured: undefined,
    authorId: view.me.participantId,
    authorName: view.me.displayName,
    colour: view.participants.find((person) => person.isMe)?.colour ?? '#ffffff',
    atMs: 0,
    mine: true,
  }
}

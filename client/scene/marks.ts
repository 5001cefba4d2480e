import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import { markPath, wordsPlace } from '../../shared/findings/mark-path.ts'
import { markWords } from '../../shared/findings/mark-words.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import type { AnnotationView } from '../conference/conference-view.ts'
import type { Labels } from './labels.ts'
import { marksShown } from './marks-preview.ts'
import type { PatientSpace } from './patient-space.ts'
import { ball, between, type Inks, lay, rod, tube } from './stroke.ts'

export { previewOf } from './marks-preview.ts'

/** Drawn after the volume, over it: a mark is never hidden by what it marks. */
const overTheVolume = 1
const headPart = 0.75
/** Patient mm. */
const radii = { point: 2.5, shaft: 0.8, tip: 3, line: 0.8, end: 1.8, probe: 2 }

/** The shown volume's annotations: dots, arrows, lines and outlines, and the words beside them. */
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

  /**
   * Costs nothing where nothing has changed, and no mesh where a mark is another object only. Of two
   * with one id the last is shown.
   */
  show(annotations: readonly AnnotationView[], shownVolumeId: string): void {
    const now = [annotations, shownVolumeId, this.#space.worldFromPatient]
    if (now.every((part, n) => part === this.#shown[n])) return
    this.#shown = now
    const shown = marksShown(annotations, shownVolumeId)
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

  #draw(annotation: AnnotationView): Mesh[] {
    const meshes = this.#parts(annotation)
    for (const mesh of meshes) {
      mesh.material = this.#inks.of(annotation.colour)
      mesh.renderingGroupId = overTheVolume
    }
    return meshes
  }

  #parts({ annotationId: id, kind, pointsMm }: AnnotationView): Mesh[] {
    const [first, second] = pointsMm
    if (!first) return []
    switch (kind) {
      case 'point':
      case 'text':
        return [this.#ball(`mark ${id}`, first, radii.point)]
      case 'probe':
        return [this.#ball(`mark ${id}`, first, radii.probe)]
      case 'arrow':
        return second
          ? this.#arrow(id, first, second)
          : [this.#ball(`mark ${id}`, first, radii.point)]
      case 'length':
      case 'angle':
        return [
          ...pointsMm.map((at, n) => this.#ball(`end ${n} of ${id}`, at, radii.end)),
          ...this.#lines(id, markPath(kind, pointsMm).flatMap(withoutCorner)),
        ]
      default:
        return this.#lines(id, markPath(kind, pointsMm))
    }
  }

  #ball(name: string, at: Vec3, radius: number): Mesh {
    const mesh = ball(name, this.#scene, this.#space.node, radius)
    mesh.position.set(...at)
    return mesh
  }

  #arrow(id: string, tail: Vec3, head: Vec3): Mesh[] {
    const neck = between(tail, head, headPart)
    const shaft = rod(`shaft ${id}`, this.#scene, this.#space.node, { radius: radii.shaft })
    const tip = rod(`tip ${id}`, this.#scene, this.#space.node, {
      radius: radii.tip,
      tipRadius: 0,
    })
    lay(shaft, tail, neck)
    lay(tip, neck, head)
    return [shaft, tip]
  }

  #lines(id: string, paths: readonly (readonly Vec3[])[]): Mesh[] {
    return paths.flatMap((path, n) => {
      const drawn = tube(`line ${n} of ${id}`, this.#scene, this.#space.node, {
        path,
        radius: radii.line,
      })
      return drawn ? [drawn] : []
    })
  }

  #name(annotation: AnnotationView): void {
    const id = `mark ${annotation.annotationId}`
    const text = markWords(annotation)
    const at = wordsPlace(annotation.kind, annotation.pointsMm)
    if (text && at) {
      const world = this.#space.toWorld(at)
      this.#labels.set(id, { text, colour: annotation.colour, kind: 'mark', world })
    } else this.#labels.remove(id)
  }

  #erase(annotationId: string): void {
    for (const mesh of this.#meshes.get(annotationId)?.meshes ?? []) mesh.dispose()
    this.#meshes.delete(annotationId)
    this.#labels.remove(`mark ${annotationId}`)
  }
}

/** A round line is pinched where it turns sharply: the arms of an angle are two. */
function withoutCorner(path: readonly Vec3[]): readonly (readonly Vec3[])[] {
  return path.length === 3 ? [path.slice(0, 2), path.slice(1)] : [path]
}

function looksAlike(a: AnnotationView, b: AnnotationView): boolean {
  if (a === b) return true
  const alike = a.kind === b.kind && a.colour === b.colour
  return alike && `${a.pointsMm}` === `${b.pointsMm}`
}

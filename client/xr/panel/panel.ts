import type { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Quaternion } from '@babylonjs/core/Maths/math.vector.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import type { WorldRay } from '../hands/xr-hand.ts'
import { type CellState, drawPage, pixelsPerMm } from './panel-drawing.ts'
import { type OnPanel, onPanel, rayOnPanel } from './panel-hit.ts'
import { onFontReady } from './panel-look.ts'
import { cellAt, type PanelPage } from './panel-page.ts'
import { picture, pictureMaterial } from './panel-picture.ts'
import { quad } from './panel-quad.ts'

/** Over the volume, never inside it. */
const overTheVolume = 1

export interface PanelHit {
  /** What is pressed there; undefined between the cells. */
  readonly cell: string | undefined
  readonly distanceM: number
}

/**
 * A flat page in the room, drawn on a canvas only when something on it has changed. World space;
 * its pose is its middle, and it is read from +z.
 */
export class Panel {
  readonly #scene: Scene
  readonly #mesh: Mesh
  #pose: WorldPose = { position: [0, 0, 0], rotation: [0, 0, 0, 1] }
  #page: PanelPage | undefined
  #states: ReadonlyMap<string, CellState> = new Map()
  #drawn = ''
  #picture: (ReturnType<typeof picture> & { readonly size: string }) | undefined
  #material: StandardMaterial | undefined
  #disposed = false

  constructor(scene: Scene, name: string) {
    this.#scene = scene
    this.#mesh = quad(name, scene)
    this.#mesh.renderingGroupId = overTheVolume
    this.#mesh.rotationQuaternion = Quaternion.Identity()
    this.#mesh.setEnabled(false)
  }

  /** What is shown; undefined while nothing is. */
  get page(): PanelPage | undefined {
    return this.#page
  }

  get pose(): WorldPose {
    return this.#pose
  }

  place(pose: WorldPose): void {
    this.#pose = pose
    this.#mesh.position.set(...pose.position)
    this.#mesh.rotationQuaternion?.set(...pose.rotation)
  }

  show(page: PanelPage | undefined): void {
    this.#page = page
    this.#mesh.setEnabled(page !== undefined)
    this.#draw()
  }

  /** By the cells' ids. */
  light(states: ReadonlyMap<string, CellState>): void {
    this.#states = states
    this.#draw()
  }

  hit(ray: WorldRay): PanelHit | undefined {
    const met = this.#page && rayOnPanel(ray, this.#pose, this.#page)
    if (!met || !this.#page) return undefined
    const cell = cellAt(this.#page, met.at.xMm, met.at.yMm)?.id
    return { cell, distanceM: met.distanceM }
  }

  /** A point of the world as the panel sees it; undefined while nothing is shown. */
  tip(point: Vec3): OnPanel | undefined {
    return this.#page && onPanel(point, this.#pose, this.#page)
  }

  dispose(): void {
    this.#disposed = true
    this.#dropPicture()
    this.#mesh.dispose()
  }

  #draw(): void {
    const page = this.#page
    if (!page || this.#disposed) return
    const wanted = JSON.stringify([page, [...this.#states]])
    if (wanted === this.#drawn) return
    this.#drawn = wanted
    const size = `${page.widthMm} ${page.heightMm}`
    if (this.#picture?.size === size) this.#picture.redraw()
    else this.#newPicture(page, size)
  }

  #newPicture(page: PanelPage, size: string): void {
    this.#dropPicture()
    const { name } = this.#mesh
    const pixels = { width: page.widthMm * pixelsPerMm, height: page.heightMm * pixelsPerMm }
    const made = picture(name, this.#scene, pixels, (context) => {
      if (this.#page) drawPage(context, this.#page, this.#states)
    })
    this.#picture = { ...made, size }
    this.#material = pictureMaterial(name, this.#scene, made.texture)
    this.#mesh.material = this.#material
    this.#mesh.scaling.set(page.widthMm / 1000, page.heightMm / 1000, 1)
    onFontReady(() => {
      if (!this.#disposed) this.#picture?.redraw()
    })
  }

  #dropPicture(): void {
    this.#mesh.material = null
    this.#material?.dispose()
    this.#picture?.texture.dispose()
  }
}

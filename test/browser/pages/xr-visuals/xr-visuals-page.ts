import '@fontsource-variable/inter/wght.css'
import { TargetCamera } from '@babylonjs/core/Cameras/targetCamera.js'
import { Engine } from '@babylonjs/core/Engines/engine.js'
import { SceneInstrumentation } from '@babylonjs/core/Instrumentation/sceneInstrumentation.js'
import { StandardMaterial } from '@babylonjs/core/Materials/standardMaterial.js'
import { Color3, Color4 } from '@babylonjs/core/Maths/math.color.js'
import { Quaternion, Vector3 } from '@babylonjs/core/Maths/math.vector.js'
import { CreateBox } from '@babylonjs/core/Meshes/Builders/boxBuilder.js'
import type { Mesh } from '@babylonjs/core/Meshes/mesh.js'
import { Scene } from '@babylonjs/core/scene.js'
import type { ParticipantView } from '../../../../client/conference/conference-view.ts'
import { Avatars } from '../../../../client/scene/avatars.ts'
import { type Label, Labels } from '../../../../client/scene/labels.ts'
import { HandModels } from '../../../../client/xr/hands/hand-models.ts'
import type { Side, XrHand } from '../../../../client/xr/hands/xr-hand.ts'
import { Keyboard } from '../../../../client/xr/panel/keyboard.ts'
import type { MenuItem } from '../../../../client/xr/panel/menu-item.ts'
import { NotForDiagnosis } from '../../../../client/xr/panel/panel-not-for-diagnosis.ts'
import { RoomNotices } from '../../../../client/xr/panel/panel-notice.ts'
import { ToolName } from '../../../../client/xr/panel/panel-tool-name.ts'
import { WristMenu } from '../../../../client/xr/panel/wrist-menu.ts'
import { Room } from '../../../../client/xr/room/room.ts'
import { RoomLabels } from '../../../../client/xr/room/room-labels.ts'
import type { Vec3 } from '../../../../shared/geometry/transform.ts'
import type { PoseSample, WorldPose } from '../../../../shared/protocol/pose-sample.ts'
import type { Picture } from '../volume/bench-page.ts'

/** A hand as a test describes it: what it leaves out is at rest. */
export type SaidHand = Partial<Omit<XrHand, 'joints' | 'pulse'>> & {
  side: Side
  joints?: number[]
}

/** A menu whose items only say that they were chosen. */
export type SaidItem = Omit<MenuItem, 'children' | 'run'> & { children?: SaidItem[] }

/** What tests drive: everything that a wearer sees besides the volume, from a head at a given pose. */
class XrVisuals {
  readonly #engine: Engine
  #scene: Scene
  #instruments: SceneInstrumentation
  #camera: TargetCamera
  #head: WorldPose = { position: [0, 1.6, 0], rotation: [0, 0, 0, 1] }
  #hands: XrHand[] = []
  #taken: ReadonlySet<Side> = new Set()
  #nowMs = 1000
  #parts: Partial<{
    room: Room
    labels: RoomLabels
    avatars: Avatars
    menu: WristMenu
    keyboard: Keyboard
    notices: RoomNotices
    toolName: ToolName
    notForDiagnosis: NotForDiagnosis
    hands: HandModels
  }> = {}
  readonly log: string[] = []
  answer: string | undefined | null = null

  constructor() {
    const canvas = document.querySelector('canvas') as HTMLCanvasElement
    this.#engine = new Engine(canvas, true, { preserveDrawingBuffer: true })
    const { scene, camera, instruments } = this.#open()
    this.#scene = scene
    this.#camera = camera
    this.#instruments = instruments
  }

  /** Ends all that is shown; how many meshes, materials and textures that left behind. */
  clear(): { meshes: number; materials: number; textures: number } {
    this.#parts.avatars?.dispose()
    const { avatars: _, ...others } = this.#parts
    for (const part of Object.values(others)) part.dispose()
    this.#parts = {}
    this.#hands = []
    this.log.length = 0
    this.answer = null
    const { meshes, materials, textures } = this.#scene
    // the scene's own, for meshes without one
    const made = materials.filter(({ name }) => name !== 'default material')
    const left = { meshes: meshes.length, materials: made.length, textures: textures.length }
    this.#scene.dispose()
    const opened = this.#open()
    this.#scene = opened.scene
    this.#camera = opened.camera
    this.#instruments = opened.instruments
    return left
  }

  look(head: WorldPose, { size, fovDegrees }: { size: number; fovDegrees: number }): void {
    this.#head = head
    this.#engine.setSize(size, size)
    this.#camera.fov = (fovDegrees * Math.PI) / 180
    this.#camera.position = new Vector3(...head.position)
    this.#camera.rotationQuaternion = new Quaternion(...head.rotation)
  }

  room(): void {
    this.#parts.room = new Room(this.#scene)
  }

  label(id: string, label: Label): void {
    this.#parts.labels ??= new RoomLabels(this.#scene)
    this.#parts.labels.paint(id, label)
  }

  unlabel(id: string): void {
    this.#parts.labels?.erase(id)
  }

  people(people: ParticipantView[], samples: [number, PoseSample][]): void {
    this.#parts.labels ??= new RoomLabels(this.#scene)
    this.#parts.avatars ??= new Avatars(
      this.#scene,
      new Labels(this.#parts.labels),
      () => this.#nowMs,
    )
    this.#parts.avatars.show(people, new Map(samples))
  }

  heads(): [string, Vec3][] {
    return [...(this.#parts.avatars?.heads ?? [])]
  }

  menu(title: string, items: SaidItem[]): void {
    const made = (said: SaidItem[]): MenuItem[] =>
      said.map(({ children, ...item }) => ({
        ...item,
        run: () => this.log.push(item.id),
        ...(children && { children: () => made(children) }),
      }))
    this.#parts.menu = new WristMenu({ scene: this.#scene, title, items: () => made(items) })
  }

  menuAt(): { visible: boolean; pose: WorldPose } | undefined {
    const { menu } = this.#parts
    return menu && { visible: menu.visible, pose: menu.pose }
  }

  keyboard(): void {
    const keyboard = new Keyboard({ scene: this.#scene })
    this.#parts.keyboard = keyboard
    void keyboard.ask().then((answer) => {
      this.answer = answer
    })
  }

  keyboardAt(): WorldPose | undefined {
    return this.#parts.keyboard?.pose
  }

  notice(text: string): void {
    this.#parts.notices ??= new RoomNotices({ scene: this.#scene, now: () => this.#nowMs })
    this.#parts.notices.show(text)
  }

  toolName(text: string): void {
    this.#parts.toolName ??= new ToolName({ scene: this.#scene, now: () => this.#nowMs })
    this.#parts.toolName.show(text)
  }

  notForDiagnosis(): void {
    this.#parts.notForDiagnosis = new NotForDiagnosis({ scene: this.#scene })
  }

  models(): void {
    this.#parts.hands = new HandModels({ scene: this.#scene })
  }

  hands(said: SaidHand[]): void {
    this.#hands = said.map((hand) => ({
      kind: 'controller',
      profiles: ['meta-quest-touch-plus'],
      grip: undefined,
      ray: undefined,
      trigger: false,
      squeeze: false,
      stick: [0, 0],
      lower: false,
      upper: false,
      curls: undefined,
      ...hand,
      joints: hand.joints && new Float32Array(hand.joints),
      pulse: () => this.log.push(`pulse ${hand.side}`),
    }))
  }

  /** Something in the room to lie before or behind words: opaque, one colour. */
  box(at: Vec3, sizeM: number, colour: string): void {
    const box: Mesh = CreateBox('tissue', { size: sizeM }, this.#scene)
    box.position.set(...at)
    const ink = new StandardMaterial('tissue', this.#scene)
    ink.disableLighting = true
    ink.emissiveColor = Color3.FromHexString(colour)
    box.material = ink
  }

  /** One frame so many ms after the last one. */
  frame(afterMs = 14): { taken: Side[]; moves: boolean; draws: number } {
    this.#nowMs += afterMs
    const at = { head: this.#head, hands: this.#hands, nowMs: this.#nowMs }
    const { menu, keyboard, avatars, hands } = this.#parts
    const taken = new Set([...(menu?.frame(at).taken ?? []), ...(keyboard?.frame(at).taken ?? [])])
    this.#taken = taken
    const moves = avatars?.frame(this.#nowMs, this.#head.position) ?? false
    hands?.frame(this.#hands, this.#taken)
    const tool = this.#hands.find(({ side }) => side === 'right')
    this.#parts.toolName?.frame(tool, this.#head)
    this.#parts.notices?.frame(this.#head)
    this.#parts.notForDiagnosis?.frame(this.#head)
    this.#parts.labels?.frame(this.#head)
    this.#engine.beginFrame()
    this.#scene.render()
    this.#engine.endFrame()
    return { taken: [...taken], moves, draws: this.#instruments.drawCallsCounter.current }
  }

  /** Draws until fonts and models are there and every shader is. */
  async settle(): Promise<void> {
    await document.fonts.ready
    do {
      this.frame(0)
      await new Promise((resolve) => requestAnimationFrame(resolve))
    } while (this.#scene.isLoading || !this.#scene.isReady(true))
    this.frame(0)
  }

  /** The names of the meshes that are drawn. */
  drawn(): string[] {
    return this.#scene.getActiveMeshes().data.flatMap((mesh) => (mesh ? [mesh.name] : []))
  }

  /** What was drawn last. */
  async picture(): Promise<Picture> {
    const [width, height] = [this.#engine.getRenderWidth(), this.#engine.getRenderHeight()]
    const upward = new Uint8Array(
      (await this.#engine.readPixels(0, 0, width, height)).buffer as ArrayBuffer,
    )
    let text = ''
    for (let row = height - 1; row >= 0; row--) {
      text += String.fromCharCode(...upward.subarray(4 * width * row, 4 * width * (row + 1)))
    }
    return { width, height, base64: btoa(text) }
  }

  #open() {
    const scene = new Scene(this.#engine)
    scene.useRightHandedSystem = true
    scene.clearColor = new Color4(0x0b / 255, 0x0d / 255, 0x10 / 255, 1)
    const camera = new TargetCamera('eye', Vector3.Zero(), scene)
    camera.minZ = 0.02
    camera.maxZ = 60
    const instruments = new SceneInstrumentation(scene)
    return { scene, camera, instruments }
  }
}

export type { XrVisuals }

const visuals = new XrVisuals()
// `bench` is what the opener of test pages waits for
Object.assign(window, { bench: visuals, visuals })

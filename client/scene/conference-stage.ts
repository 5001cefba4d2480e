import type { Engine } from '@babylonjs/core/Engines/engine.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { dot, length, subtract } from '../../shared/geometry/vector.ts'
import type { PoseSample } from '../../shared/protocol/pose-frame.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import type { AnnotationView, ConferenceView } from '../conference/conference-view.ts'
import { BoxFrame } from './box-frame.ts'
import { cameraOf, openScene } from './engine.ts'
import { FrameClock } from './frame-clock.ts'
import { Labels } from './labels.ts'
import { Lasers } from './lasers.ts'
import { Marks } from './marks.ts'
import { OwnCamera, type Ray, type Viewport, verticalFieldOfView } from './own-camera.ts'
import { PatientSpace } from './patient-space.ts'
import { ScaleBar } from './scale-bar.ts'
import { type Draft, type ShownScene, shownScene } from './shown-scene.ts'
import { ShownVolume } from './shown-volume.ts'
import type { PictureStatus, Stage, StageOptions, StageStatus } from './stage.ts'
import type { MarkPreview, StageSpace, Toolbox } from './stage-space.ts'
import { Inks } from './stroke.ts'
import type { ToolId } from './tool-id.ts'

/** Everything on the 3D pane, wired to one conference; drawn only when something has changed. */
export class ConferenceStage implements Stage, StageSpace {
  readonly session: ConferenceSession
  readonly camera = new OwnCamera()
  readonly patient: PatientSpace
  readonly #options: StageOptions
  readonly #engine: Engine
  readonly #scene: Scene
  readonly #volume: ShownVolume
  readonly #labels: Labels
  readonly #lasers: Lasers
  readonly #marks: Marks
  readonly #box: BoxFrame
  readonly #scaleBar: ScaleBar
  readonly #clock = new FrameClock()
  readonly #toolbox: Toolbox
  readonly #listeners = new Set<() => void>()
  readonly #undo: (() => void)[] = []
  #status: StageStatus
  #samples: ReadonlyMap<number, PoseSample> = new Map()
  #laser: PoseSample['laser']
  #draft: Draft = {}
  #shown: ShownScene
  #shownVolumeId = ''
  #shownPlanes: ShownScene['planes'] | undefined
  #stale = true
  #settled = true
  #preview: MarkPreview | undefined
  #askText: () => Promise<string | undefined> = async () => undefined

  constructor(options: StageOptions) {
    const { canvas, overlay, session } = options
    this.#options = options
    this.session = session
    const { engine, scene } = openScene(canvas)
    this.#engine = engine
    this.#scene = scene
    scene.activeCamera = cameraOf(this.camera, scene)
    this.patient = new PatientSpace(scene)
    const inks = new Inks(scene)
    this.#labels = new Labels(overlay)
    this.#lasers = new Lasers(scene, this.patient, inks, this.#labels)
    this.#marks = new Marks(scene, this.patient, inks, this.#labels)
    this.#box = new BoxFrame(scene, this.patient, this.#labels)
    this.#scaleBar = new ScaleBar(overlay)
    this.#volume = new ShownVolume({
      scene,
      space: this.patient,
      zarrUrl: options.zarrUrl,
      headers: options.headers,
      onChange: () => this.#invalidate(),
      onStatus: (picture) => this.#tell({ picture }),
    })
    this.#shown = shownScene(session.getSnapshot(), {})
    this.#status = {
      tool: 'turn',
      picture: this.#volume.picture,
      cameraAtHome: true,
      probe: undefined,
    }
    this.#toolbox = options.toolbox(this, canvas)
    this.camera.onChange(() => {
      this.#tell({ cameraAtHome: this.camera.atHome })
      this.#invalidate()
    })
    this.#undo.push(
      session.subscribe(() => this.#update()),
      session.onSamples((samples) => {
        this.#samples = samples
        this.#update()
      }),
    )
    this.#watchSize(canvas)
    this.#update()
    engine.runRenderLoop(() => this.#frame())
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getStatus = (): StageStatus => this.#status

  setTool(tool: ToolId): void {
    this.#toolbox.setTool(tool)
    this.#tell({ tool })
  }

  lookFromHome(): void {
    this.camera.goHome()
  }

  onTextWanted(ask: () => Promise<string | undefined>): void {
    this.#askText = ask
  }

  dispose(): void {
    this.#engine.stopRenderLoop()
    this.#toolbox.dispose()
    for (const undo of this.#undo) undo()
    this.#volume.dispose()
    this.#labels.dispose()
    this.#scaleBar.dispose()
    this.#scene.dispose()
    this.#engine.dispose()
  }

  viewport(): Viewport {
    const { clientWidth, clientHeight } = this.#options.canvas
    return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) }
  }

  shown(): ShownScene {
    return this.#shown
  }

  patientRay(x: number, y: number): Ray {
    return this.patient.rayToPatient(this.camera.rayThrough(x, y, this.viewport()))
  }

  firstVisible(ray: Ray): Vec3 | undefined {
    return this.#volume.firstVisible(ray)
  }

  draft(draft: Draft | undefined, settled?: Promise<unknown>): void {
    if (draft) this.#draft = draft
    const end = () => {
      this.#draft = {}
      this.#showMine()
    }
    if (settled) void settled.then(end)
    else if (draft) this.#showMine()
    else end()
  }

  showLaser(laser: PoseSample['laser']): void {
    this.#laser = laser
    this.#showMine()
  }

  probe(pointMm: Vec3 | undefined): void {
    this.#tell({ probe: pointMm && { pointMm } })
  }

  previewMark(mark: MarkPreview | undefined): void {
    this.#preview = mark
    this.#update()
  }

  notice(text: string): void {
    this.#options.onNotice(text, 'info')
  }

  askForText(): Promise<string | undefined> {
    return this.#askText()
  }

  #showMine(): void {
    this.session.show({ ...this.#draft, ...(this.#laser && { laser: this.#laser }) })
    this.#update()
  }

  /** Brings the stage to what the conference and the hands on it say now. */
  #update(): void {
    const view = this.session.getSnapshot()
    const leader = view.participants.find((p) => p.presents && !p.isMe)
    const led = leader ? this.#samples.get(leader.poseIndex) : undefined
    this.#shown = shownScene(view, view.me.presents ? this.#draft : { ...led, ...this.#draft })
    this.#showVolume(view.shownVolumeId)
    const { pose, window, planes } = this.#shown
    if (pose !== this.patient.pose) {
      this.patient.setPose(pose)
      this.#volume.place()
    }
    this.#volume.look({ presetId: view.presetId, window, planes })
    if (planes !== this.#shownPlanes) this.#box.showPlanes(planes)
    this.#shownPlanes = planes
    const preview = this.#preview && previewOf(this.#preview, view)
    this.#marks.show(
      preview ? [...view.annotations, preview] : view.annotations,
      view.shownVolumeId,
    )
    this.#lasers.show(view.participants, this.#samples, this.#laser)
    this.#invalidate()
  }

  #showVolume(volumeId: string): void {
    if (volumeId === this.#shownVolumeId) return
    const manifest = this.#options.volumes.find((volume) => volume.volumeId === volumeId)
    if (!manifest) return
    this.#shownVolumeId = volumeId
    this.#shownPlanes = undefined
    this.patient.setVolume(manifest)
    this.#volume.show(manifest)
    this.#box.showBox()
    this.#fit()
  }

  /** Home shows the whole box at life size, whatever the pane's shape. */
  #fit(): void {
    const { corners, centreMm } = this.patient
    const radiusMm = Math.max(0, ...corners.map((corner) => length(subtract(corner, centreMm))))
    if (radiusMm > 0) this.camera.setHome((radiusMm / 1000) * 0.86, this.viewport())
  }

  #watchSize(canvas: HTMLCanvasElement): void {
    const observer = new ResizeObserver(() => {
      this.#engine.setHardwareScalingLevel(1 / Math.min(2, globalThis.devicePixelRatio || 1))
      this.#engine.resize()
      this.#fit()
      this.#invalidate()
    })
    observer.observe(canvas)
    this.#undo.push(() => observer.disconnect())
  }

  #invalidate(): void {
    this.#stale = true
  }

  #frame(): void {
    if (!this.#stale) {
      this.#clock.rest()
      return
    }
    this.#stale = false
    this.#box.showLetters(this.camera)
    const viewport = this.viewport()
    this.#labels.place(this.camera, viewport)
    const middle = subtract(this.patient.toWorld(this.patient.centreMm), this.camera.eye)
    const depthM = Math.max(0.01, dot(middle, this.camera.forward))
    this.#scaleBar.show(depthM, verticalFieldOfView, this.#shown.pose.scale, viewport)
    this.#scene.render()
    const frameMs = this.#clock.tick(performance.now())
    const { settled } = this.#volume
    if (frameMs !== undefined || settled !== this.#settled) {
      this.#settled = settled
      const { picture } = this.#status
      this.#tell({ picture: { ...picture, ...(frameMs !== undefined && { frameMs }) } })
    }
  }

  #tell(change: Partial<StageStatus>): void {
    const picture: PictureStatus = {
      ...(change.picture ?? this.#status.picture),
      settled: this.#settled,
      frameMs: change.picture?.frameMs ?? this.#status.picture.frameMs,
    }
    this.#status = { ...this.#status, ...change, picture }
    for (const listener of this.#listeners) listener()
  }
}

function previewOf({ kind, pointsMm }: MarkPreview, view: ConferenceView): AnnotationView {
  return {
    annotationId: 'preview',
    volumeId: view.shownVolumeId,
    kind,
    pointsMm,
    text: '',
    authorId: view.me.participantId,
    authorName: view.me.displayName,
    colour: view.participants.find((person) => person.isMe)?.colour ?? '#ffffff',
    atMs: 0,
    mine: true,
  }
}

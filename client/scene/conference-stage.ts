import type { Engine } from '@babylonjs/core/Engines/engine.js'
import type { Scene } from '@babylonjs/core/scene.js'
import type { CropBox } from '../../shared/conference/looks.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { length, subtract } from '../../shared/geometry/vector.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { ConferenceSession } from '../conference/conference-session.ts'
import { Avatars } from './avatars.ts'
import { BoxFrame } from './box-frame.ts'
import { CropHandles } from './crop-handles.ts'
import type { CropDrag } from './crop-handles-drag.ts'
import { cameraOf, openScene } from './engine.ts'
import { FlatPane } from './flat-pane.ts'
import { FrameClock } from './frame-clock.ts'
import { watchGraphics } from './graphics-watch.ts'
import { type Body, Hands } from './hands.ts'
import { Immersed } from './immersed.ts'
import type { ImmersedParts, Immersion, ImmersionHost } from './immersion.ts'
import { Labels } from './labels.ts'
import { Lasers } from './lasers.ts'
import type { LookDraft } from './look-draft.ts'
import { Marks, previewOf } from './marks.ts'
import { OwnCamera, type Ray, type Viewport } from './own-camera.ts'
import { PatientSpace } from './patient-space.ts'
import { type Draft, type ShownScene, shownScene } from './shown-scene.ts'
import { SliceFrames } from './slice-frames.ts'
import type { Ears, PictureStatus, Stage, StageOptions, StageStatus } from './stage.ts'
import type { MarkPreview, PointerAt, StageSpace, Toolbox } from './stage-space.ts'
import { StageTelling } from './stage-telling.ts'
import { StageVolumes } from './stage-volumes.ts'
import { Inks } from './stroke.ts'
import type { ToolId } from './tool-id.ts'
import { CanvasView, wholeCanvas } from './view-source.ts'

/** Everything on the 3D pane, wired to one conference; drawn only when something has changed. */
export class ConferenceStage implements Stage, StageSpace, ImmersionHost {
  readonly session: ConferenceSession
  readonly camera = new OwnCamera()
  readonly patient: PatientSpace
  readonly scene: Scene
  readonly inks: Inks
  readonly immersion: Immersion
  readonly view: CanvasView
  readonly #options: StageOptions
  readonly #engine: Engine
  readonly #volumes: StageVolumes
  readonly #flat: FlatPane
  readonly #labels: Labels
  readonly #avatars: Avatars
  readonly #immersed: Immersed
  readonly #lasers: Lasers
  readonly #marks: Marks
  readonly #box: BoxFrame
  readonly #crop: CropHandles
  readonly #frames: SliceFrames
  readonly #telling: StageTelling
  readonly #hands: Hands
  readonly #clock = new FrameClock()
  readonly #toolbox: Toolbox
  readonly #undo: (() => void)[] = []
  #samples: ReadonlyMap<number, PoseSample> = new Map()
  #shown: ShownScene
  #leads = false
  #shownVolumeId = ''
  #manifest: VolumeManifest | undefined
  #shownPlanes: ShownScene['planes'] | undefined
  #stale = true
  #hidden = false
  #preview: MarkPreview | undefined
  #look: LookDraft = {}
  #askText: () => Promise<string | undefined> = async () => undefined

  constructor(options: StageOptions) {
    const { canvas, overlay, session } = options
    this.#options = options
    this.session = session
    const { engine, scene } = openScene(canvas)
    this.#engine = engine
    this.scene = scene
    scene.activeCamera = cameraOf(this.camera, scene)
    this.patient = new PatientSpace(scene)
    const inks = new Inks(scene)
    this.inks = inks
    this.#flat = new FlatPane(overlay)
    this.#labels = new Labels(this.#flat.labels)
    this.#avatars = new Avatars(scene, this.#labels)
    this.#immersed = new Immersed(this.#labels, this.#flat.labels, this.#avatars)
    this.view = new CanvasView({
      canvas,
      paintWords: this.#flat.paintWords,
      redraw: () => this.#redraw(),
      onWatched: (watched) => this.#immersed.mirror(watched),
    })
    this.#lasers = new Lasers(scene, this.patient, inks, this.#labels)
    this.#marks = new Marks(scene, this.patient, inks, this.#labels)
    this.#box = new BoxFrame(scene, this.patient, this.#labels)
    this.#hands = new Hands((sample, changed) => {
      session.show(sample)
      if (changed) this.#update()
    })
    this.#crop = new CropHandles(scene, this.patient, inks)
    this.#frames = new SliceFrames(scene, this.patient)
    this.#volumes = new StageVolumes({
      ...options,
      scene,
      space: this.patient,
      labels: this.#labels,
      onChange: () => this.#invalidate(),
      onStatus: (picture) => this.#telling.picture(picture),
      onSegments: (segments) => this.#telling.tell({ segments }),
    })
    this.#telling = new StageTelling(this.#volumes.picture)
    this.#shown = shownScene(session.getSnapshot(), {})
    this.#toolbox = options.toolbox(this, canvas)
    this.camera.onChange(() => {
      this.#telling.tell({ cameraAtHome: this.camera.atHome })
      this.#invalidate()
    })
    watchGraphics(engine, {
      telling: this.#telling,
      onNotice: options.onNotice,
      onBack: () => this.#invalidate(),
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
    this.immersion = options.immersion(this)
    engine.runRenderLoop(() => this.#frame())
  }

  subscribe = (listener: () => void): (() => void) => this.#telling.subscribe(listener)

  getStatus = (): StageStatus => this.#telling.status

  get volumes() {
    return this.#options.volumes
  }

  voxelsOf(volumeId: string) {
    return this.#options.voxelsOf(volumeId)
  }

  pictureNow(): PictureStatus {
    return { ...this.#telling.status.picture, ...this.#facts() }
  }

  setFrameBudget(ms: number): void {
    this.#volumes.setFrameBudget(ms)
  }

  tool(): ToolId {
    return this.#toolbox.tool
  }

  setTool(tool: ToolId): void {
    this.#toolbox.setTool(tool)
    this.#telling.tell({ tool })
  }

  lookFromHome(): void {
    this.camera.goHome()
  }

  onTextWanted(ask: () => Promise<string | undefined>): void {
    this.#askText = ask
  }

  onEars(listener: (ears: Ears | undefined) => void): () => void {
    return this.#immersed.onEars(listener)
  }

  immerse(parts: ImmersedParts): void {
    this.#toolbox.drop()
    this.#immersed.begin(parts)
    parts.mirror(this.view.watched)
  }

  surface(): void {
    this.dropAll()
    this.wear({})
    this.#immersed.end()
    this.#engine.resize(true)
    this.#invalidate()
  }

  wear(body: Body): void {
    this.#hands.wear(body)
  }

  heads(): ReadonlyMap<string, Vec3> {
    return this.#avatars.heads
  }

  dropAll(): void {
    this.#toolbox.drop()
    this.draft(undefined)
    this.showLaser(undefined)
    this.previewMark(undefined)
  }

  dispose(): void {
    this.immersion.dispose()
    this.view.close()
    this.#engine.stopRenderLoop()
    this.#toolbox.dispose()
    for (const undo of this.#undo) undo()
    this.#crop.dispose()
    this.#frames.dispose()
    this.#volumes.dispose()
    this.#avatars.dispose()
    this.#labels.dispose()
    this.#flat.dispose()
    this.scene.dispose()
    this.#engine.dispose()
  }

  viewport(): Viewport {
    const { clientWidth, clientHeight } = this.#options.canvas
    return { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) }
  }

  values() {
    return this.#options.voxelsOf(this.#shownVolumeId)
  }

  shown(): ShownScene {
    return this.#shown
  }

  patientRay(x: number, y: number): Ray {
    return this.patient.rayToPatient(this.camera.rayThrough(x, y, this.viewport()))
  }

  firstVisible(ray: Ray): Vec3 | undefined {
    return this.#volumes.firstVisible(ray)
  }

  draftLook(draft: LookDraft): void {
    this.#look = { ...this.#look, ...draft }
    this.#update()
  }

  draftCrop(cropBox: CropBox | undefined): void {
    this.draftLook({ cropBox })
  }

  takeCropHandle({ x, y }: PointerAt, withinPx: number): CropDrag | undefined {
    const mmPerPixel = (1000 * this.camera.metresPerPixel(this.viewport())) / this.#shown.pose.scale
    return this.#crop.begin(this.patientRay(x, y), withinPx * mmPerPixel)
  }

  showSliceFrames(shown: boolean): void {
    this.#frames.enabled = shown
    this.#update()
  }

  rest(hidden: boolean): void {
    this.#hidden = hidden
    this.#invalidate()
  }

  draft(draft: Draft | undefined, settled?: Promise<unknown>): void {
    this.#hands.draft(draft, settled)
  }

  showLaser(laser: PoseSample['laser']): void {
    this.#hands.point(laser)
  }

  probe(pointMm: Vec3 | undefined): void {
    this.#telling.tell({ probe: pointMm && { pointMm } })
  }

  previewMark(mark: MarkPreview | undefined): void {
    this.#preview = mark
    this.#update()
  }

  showCursor(at: PointerAt | undefined): void {
    this.#flat.showCursor(at)
  }

  notice(text: string): void {
    this.#options.onNotice(text, 'info')
  }

  askForText(): Promise<string | undefined> {
    return this.#askText()
  }

  /** Brings the stage to what the conference and the hands on it say now. */
  #update(): void {
    const view = this.session.getSnapshot()
    this.#followLead(view.me.presents)
    const leader = view.participants.find((p) => p.presents && !p.isMe)
    const led = leader ? this.#samples.get(leader.poseIndex) : undefined
    this.#shown = shownScene(view, view.me.presents ? this.#hands.drafted : (led ?? {}))
    this.#showVolume(view.shownVolumeId)
    const { pose, planes } = this.#shown
    if (pose !== this.patient.pose) {
      this.patient.setPose(pose)
      this.#volumes.place()
    }
    this.#volumes.show(view, this.#shown, this.#look)
    const cropBox = this.#look.cropBox ?? view.cropBox
    this.#crop.show(cropBox, this.session.may('setCropBox') === 'yes')
    this.#frames.show(view, this.#manifest)
    if (planes !== this.#shownPlanes) this.#box.showPlanes(planes)
    this.#shownPlanes = planes
    const preview = this.#preview && previewOf(this.#preview, view)
    this.#marks.show(
      preview ? [...view.annotations, preview] : view.annotations,
      this.patient.corners.length > 0 ? view.shownVolumeId : '',
    )
    this.#lasers.show(view.participants, this.#samples, this.#hands.laser)
    this.#avatars.show(view.participants, this.#samples)
    this.#invalidate()
  }

  /** Who no longer leads drags nothing any more: the volume is where the new leader has it. */
  #followLead(presents: boolean): void {
    const lost = this.#leads && !presents
    this.#leads = presents
    if (!lost) return
    this.#toolbox.drop()
    this.draft(undefined)
  }

  /** A volume that this page was not given is said to be missing; the last one does not stay. */
  #showVolume(volumeId: string): void {
    if (volumeId === this.#shownVolumeId) return
    const manifest = this.#options.volumes.find((volume) => volume.volumeId === volumeId)
    this.#shownVolumeId = volumeId
    this.#shownPlanes = undefined
    this.patient.setVolume(manifest)
    this.#manifest = manifest
    this.#volumes.open(manifest)
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

  /** A page in the background gets no frames of its own, and may be watched all the same. */
  #redraw(): void {
    this.#invalidate()
    if (document.hidden && !this.#immersed.now) this.#frame()
  }

  #middleRay(): Ray {
    const { width, height } = this.viewport()
    return this.patientRay(width / 2, height / 2)
  }

  #facts(): Partial<PictureStatus> {
    const { facts } = this.#volumes
    return facts ? { ...facts, pixelScale: 1 / facts.pixelScale } : {}
  }

  #frame(): void {
    const rests = this.#hidden && !this.view.wanted && !this.#immersed.now
    this.#telling.rest(rests)
    if (rests) {
      this.#clock.rest()
      return
    }
    const nowMs = performance.now()
    const moving = this.#avatars.frame(nowMs, this.#immersed.eye ?? this.camera.eye)
    if (!this.#stale && !moving && !this.#immersed.now) {
      this.#clock.rest()
      return
    }
    this.#stale = false
    const eye = this.#immersed.now ?? this.camera
    this.#box.showLetters(eye)
    this.#volumes.showLetters(eye)
    this.#volumes.look(nowMs, () => this.#middleRay())
    const immersed = this.#immersed.frame()
    if (!immersed) {
      const middle = this.patient.toWorld(this.patient.centreMm)
      const { scale } = this.#shown.pose
      this.#flat.place(this.camera, this.viewport(), { middle, scale })
    }
    this.scene.render()
    const part = immersed ? this.#immersed.mirrored : wholeCanvas
    // what was out of sight is drawn coarsely first
    if (part) this.view.drawn(part, !this.#hidden || this.#volumes.settled)
    const frameMs = this.#clock.tick(nowMs)
    // a page that nobody sees is not drawn anew for it: that would cost the wearer a frame
    if (!immersed) this.#telling.drawn(this.#volumes.settled, frameMs, this.#facts())
  }
}

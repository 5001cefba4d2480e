import type { WebXRCamera } from '@babylonjs/core/XR/webXRCamera.js'
import type { WebXRSessionManager } from '@babylonjs/core/XR/webXRSessionManager.js'
import type { HandSample, WorldPose } from '../../shared/protocol/pose-sample.ts'
import type { Body } from '../scene/hands.ts'
import type { ImmersionHost } from '../scene/immersion.ts'
import { FramePace, frameFacts } from './frame-pace.ts'
import { Drafts } from './hand-tools/drafts.ts'
import { Grab } from './hand-tools/grab.ts'
import { HandButtons } from './hand-tools/hand-buttons.ts'
import { Pointing } from './hand-tools/pointing.ts'
import { aims, ToolHand, toolHand } from './hand-tools/tool-hand.ts'
import { HandModels } from './hands/hand-models.ts'
import { InputSources } from './hands/input-sources.ts'
import type { Side, XrHand } from './hands/xr-hand.ts'
import type { ImmersionParts } from './immersion.ts'
import { menuItems } from './menu/menu-items.ts'
import { Mirror } from './mirror.ts'
import { Keyboard } from './panel/keyboard.ts'
import { NotForDiagnosis } from './panel/panel-not-for-diagnosis.ts'
import { RoomNotices } from './panel/panel-notice.ts'
import { ToolName } from './panel/panel-tool-name.ts'
import { WristMenu } from './panel/wrist-menu.ts'
import type { FloorSpace } from './place/floor-space.ts'
import { Movement } from './place/movement.ts'
import { OwnPlace } from './place/own-place.ts'
import { type WearerPlace, worldFromLocal } from './place/wearer-place.ts'
import { Room } from './room/room.ts'
import { RoomLabels } from './room/room-labels.ts'
import type { RoomSpace } from './room-space.ts'
import { RoomSlices } from './slices/room-slices.ts'

export interface XrRoomParts extends ImmersionParts {
  readonly manager: WebXRSessionManager
  readonly floor: FloorSpace
  readonly layer: XRWebGLLayer
  readonly camera: WebXRCamera
  readonly leave: () => void
}

/** Everything in the room of one session, and the order in which a frame goes through it. */
export class XrRoom {
  readonly #host: ImmersionHost
  readonly #manager: WebXRSessionManager
  readonly #input: InputSources
  readonly #place: OwnPlace
  readonly #drafts: Drafts
  readonly #grab: Grab
  readonly #toolHand: ToolHand
  readonly #pointing: Pointing
  readonly #movement: Movement
  readonly #buttons: HandButtons
  readonly #mirror: Mirror
  readonly #slices: RoomSlices
  readonly #menu: WristMenu
  readonly #keyboard: Keyboard
  readonly #pace: FramePace
  readonly #notices: RoomNotices
  readonly #toolName: ToolName
  readonly #labels: RoomLabels
  readonly #models: HandModels
  readonly #notForDiagnosis: NotForDiagnosis
  readonly #undo: (() => void)[] = []
  #head: WorldPose
  #led = false
  #over = false
  #toolId: string | undefined

  constructor({ host, media, manager, floor, layer, camera, leave }: XrRoomParts) {
    const { scene, session } = host
    const xrSession = manager.session
    this.#host = host
    this.#manager = manager
    this.#head = { position: [0, 1.6, 0], rotation: [0, 0, 0, 1] }
    this.#input = new InputSources(xrSession)
    this.#place = new OwnPlace({
      scene,
      aboveFloorM: floor.aboveFloorM,
      heads: host.heads().values(),
      volume: () => host.shown().pose.position,
      onGoThere: () => this.#movement.goThere(),
    })
    camera.parent = this.#place.node
    this.#drafts = new Drafts(host)
    this.#keyboard = new Keyboard({ scene })
    this.#notices = new RoomNotices({ scene })
    const space: RoomSpace = {
      host,
      drafts: this.#drafts,
      notice: (text) => this.#say(text),
      refuse: (hand, text) => {
        hand.pulse(0.8, 80)
        this.#say(text)
      },
      askForText: () => this.#keyboard.ask(),
    }
    this.#grab = new Grab(space)
    this.#toolHand = new ToolHand(space)
    this.#pointing = new Pointing(space)
    this.#movement = new Movement(host, this.#place)
    this.#buttons = new HandButtons({ media, session })
    this.#slices = new RoomSlices(space)
    this.#pace = new FramePace()
    this.#menu = new WristMenu({
      scene,
      title: 'Caseroom',
      facts: () => frameFacts(this.#pace.frameMs, host.pictureNow()),
      items: () => menuItems({ host, media, wearer: this.#place, slices: this.#slices, leave }),
    })
    this.#toolName = new ToolName({ scene })
    this.#labels = new RoomLabels(scene)
    this.#models = new HandModels({ scene })
    this.#notForDiagnosis = new NotForDiagnosis({ scene })
    const room = new Room(scene)
    this.#mirror = new Mirror({ scene, camera, layer })
    const hidden = () => this.#hidden(xrSession)
    xrSession.addEventListener('visibilitychange', hidden)
    this.#undo.push(
      session.subscribe(() => this.#menu.refresh()),
      media.subscribe(() => this.#menu.refresh()),
      session.onNotice(({ text }) => this.#notices.show(text)),
      media.onNotice(({ text }) => this.#notices.show(text)),
      () => xrSession.removeEventListener('visibilitychange', hidden),
      () => room.dispose(),
    )
    host.immerse({
      painter: this.#labels,
      head: () => this.#head,
      mirror: (wanted) => this.#mirror.want(wanted),
      mirrored: () => this.#mirror.part,
    })
  }

  /** Hands are read; the menu takes what it takes; then grab, tools, moves, models, and what is sent. */
  frame(xrFrame: XRFrame): void {
    const nowMs = performance.now()
    const space = this.#manager.referenceSpace
    const place = this.#place.begin()
    const head = headOf(xrFrame.getViewerPose(space), place)
    if (head) this.#head = head
    this.#place.headAt(this.#head)
    const hands = this.#input.read(xrFrame, { space, place })
    const at = { head: this.#head, hands, nowMs }
    this.#pace.tick(nowMs)
    const taken = new Set([...this.#menu.frame(at).taken, ...this.#keyboard.frame(at).taken])
    if (this.#over) return // the menu's "Leave"
    this.#followLead()
    const busy = new Set(taken)
    for (const { side } of hands) if (this.#grab.holds(side)) busy.add(side)
    const slices = this.#slices.frame(at, busy)
    for (const side of slices.taken) taken.add(side)
    this.#grab.frame(without(hands, slices.holds, { squeeze: false }), taken, nowMs)
    this.#holdTool(hands, taken, nowMs)
    this.#movement.frame(without(hands, slices.scrolls, { stick: [0, 0] }), taken)
    this.#buttons.frame(hands, nowMs)
    this.#models.frame(hands, taken)
    this.#showWords(hands)
    this.#mirror.frame(nowMs)
    this.#host.wear(bodyOf(head, hands))
  }

  dispose(): void {
    this.#over = true
    for (const undo of this.#undo) undo()
    this.#toolHand.drop()
    this.#grab.drop()
    this.#pointing.dispose()
    this.#movement.dispose()
    this.#buttons.dispose()
    this.#input.dispose()
    this.#mirror.dispose()
    this.#slices.dispose()
    this.#place.dispose()
    this.#menu.dispose()
    this.#keyboard.dispose()
    this.#notices.dispose()
    this.#toolName.dispose()
    this.#models.dispose()
    this.#notForDiagnosis.dispose()
    this.#host.surface()
    this.#labels.dispose()
  }

  #holdTool(hands: readonly XrHand[], taken: ReadonlySet<Side>, nowMs: number): void {
    const busy = new Set(taken)
    for (const { side } of hands) if (this.#grab.holds(side)) busy.add(side)
    const hand = toolHand(hands)
    if (hand && this.#movement.needs(hand.side)) busy.add(hand.side)
    this.#toolHand.frame(hands, busy, nowMs)
    const { tool } = this.#toolHand
    const free = hand && aims(hand) && tool.aims && (this.#toolHand.strokes || !busy.has(hand.side))
    this.#pointing.frame(free ? hand : undefined, tool.id === 'laser', nowMs)
    if (this.#toolId !== tool.id) {
      this.#toolId = tool.id
      this.#toolName.show(tool.name)
      this.#menu.refresh()
    }
  }

  /** Whoever lost the lead drags nothing any more. */
  #followLead(): void {
    const leads = this.#host.session.getSnapshot().me.presents
    const lost = this.#led && !leads
    this.#led = leads
    if (!lost) return
    this.#toolHand.drop()
    this.#grab.drop()
    this.#slices.drop()
    this.#drafts.dropAll()
  }

  #showWords(hands: readonly XrHand[]): void {
    this.#labels.frame(this.#head)
    this.#notices.frame(this.#head)
    this.#toolName.frame(toolHand(hands), this.#head)
    this.#notForDiagnosis.frame(this.#head)
  }

  #say(text: string): void {
    this.#notices.show(text)
    this.#host.notice(text)
  }

  /** The headset was taken off: no frame will say that nobody is in it. */
  #hidden({ visibilityState }: XRSession): void {
    if (visibilityState !== 'hidden') return
    this.#toolHand.drop()
    this.#grab.drop()
    this.#slices.drop()
    this.#drafts.dropAll()
    this.#host.wear({})
  }
}

/** The hands, with what some of them do to something else left out. */
function without(
  hands: readonly XrHand[],
  sides: ReadonlySet<Side>,
  atRest: Partial<XrHand>,
): readonly XrHand[] {
  return sides.size === 0
    ? hands
    : hands.map((hand) => (sides.has(hand.side) ? { ...hand, ...atRest } : hand))
}

function headOf(pose: XRViewerPose | undefined, place: WearerPlace): WorldPose | undefined {
  if (!pose) return undefined
  const { position: p, orientation: q } = pose.transform
  return worldFromLocal(place, { position: [p.x, p.y, p.z], rotation: [q.x, q.y, q.z, q.w] })
}

function bodyOf(head: WorldPose | undefined, hands: readonly XrHand[]): Body {
  const sample = (side: Side): HandSample | undefined => {
    const hand = hands.find((hand) => hand.side === side)
    if (!hand?.grip) return undefined
    return hand.curls ? { ...hand.grip, curls: hand.curls } : hand.grip
  }
  const [left, right] = [sample('left'), sample('right')]
  return { ...(head && { head }), ...(left && { left }), ...(right && { right }) }
}

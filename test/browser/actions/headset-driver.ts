import type { XrHand } from '../../../client/xr/hands/xr-hand.ts'
import { keyboardPage, keyboardPlace } from '../../../client/xr/panel/keyboard-page.ts'
import { ahead } from '../../../client/xr/panel/panel-facing.ts'
import { wristPlace } from '../../../client/xr/panel/wrist-menu-place.ts'
import { besideThe } from '../../../client/xr/slices/slice-place.ts'
import {
  multiply,
  type Quaternion,
  rotate,
  turnAbout,
} from '../../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../../shared/geometry/transform.ts'
import { add, subtract } from '../../../shared/geometry/vector.ts'
import { yawOf } from '../../../shared/geometry/yaw.ts'
import type { WorldPose } from '../../../shared/protocol/pose-sample.ts'
import { until } from '../../support/until.ts'
import type { Headset } from '../headset.ts'
import type { Scene } from './effects.ts'
import { backPlaces, type CellPlace, placesOf } from './menu-path.ts'
import type { Driver } from './page-driver.ts'

/** In the headset's own space: before the wearer, and beside what is held. */
const headM: Vec3 = [0, 1.6, 0]
const rest: Record<'left' | 'right', Vec3> = { left: [-0.25, 1.2, -0.3], right: [0.25, 1.15, -0.1] }
/** Bare palms look down by themselves; the left one is turned up to show the menu. */
const turned: Record<Held, Quaternion> = {
  controller: [0, 0, 0, 1],
  hand: multiply(turnAbout([1, 0, 0], 0.6), turnAbout([0, 0, 1], Math.PI)),
}
type Held = 'controller' | 'hand'

type Place = readonly [x: number, y: number]

/** What is done on the slice, by the words after the trigger. */
const sliceGestures: Record<string, readonly Place[]> = {
  'a place on the slice': [[0.05, 0.06]],
  'across it on the slice': [
    [-0.05, 0.05],
    [0.03, -0.02],
  ],
  'around it on the slice': [
    [-0.04, 0.05],
    [0.03, 0.05],
    [0.03, -0.01],
    [-0.04, -0.01],
  ],
}
/** Where the trigger is let go, and pressed again, metres from the volume's middle. */
const tissueEnds: Record<string, readonly [Vec3, Vec3?]> = {
  'from one end to the other': [[0.04, 0.03, 0]],
  'along one arm, then at the end of the other': [
    [0.04, 0.03, 0],
    [-0.04, 0.05, 0],
  ],
}

/** Does what the action table says of controllers or bare hands, with an emulated headset. */
export class HeadsetDriver implements Driver {
  readonly #headset: Headset
  readonly #scene: Scene
  readonly #held: Held
  /** What was chosen last: its level is what the menu shows. */
  #chosen: readonly string[] = []
  /** Where the slice's panel is. */
  #slice: WorldPose | undefined

  constructor(headset: Headset, scene: Scene, held: Held) {
    this.#headset = headset
    this.#scene = scene
    this.#held = held
  }

  get page() {
    return this.#headset.page
  }

  async do(words: string): Promise<void> {
    await this.#rest()
    const chosen = words.match(/^Menu: (.+?)(?:; then (.+?)(?:: (.+))?)?$/)
    if (
      words === 'Squeeze and turn your hand' ||
      words === 'Pinch in the volume and turn your hand'
    )
      await this.#grab((at) => [at, turnAbout([0, 1, 0], 0.6)])
    else if (/^(Squeeze|Pinch in the volume) and move your hand$/.test(words))
      await this.#grab((at) => [add(at, [0.12, 0.05, 0.02]), [0, 0, 0, 1]])
    else if (/ with both hands, apart or together$/.test(words)) await this.#stretch()
    else if (words === 'B or Y') await this.#press('b-button')
    else if (words === 'A or X') await this.#press('a-button')
    else if (words.startsWith('Thumbstick')) await this.#walk()
    else if (words.startsWith('Menu: Place, Turn left; Place, Go there')) await this.#goThere()
    else if (chosen?.[1]) {
      for (const path of chosen[1].split('; ')) await this.choose(path.split(', '))
      if (chosen[2]) await this.#use(chosen[3] ?? chosen[2])
    } else throw new Error(`no such cell: ${words}`)
  }

  close(): Promise<void> {
    return this.#headset.page.context().close()
  }

  /** By the menu on the left wrist, with the right hand's ray. */
  async choose(path: readonly string[]): Promise<void> {
    await this.#rest()
    for (const place of backPlaces(this.#scene, this.#chosen)) await this.#pressCell(place)
    for (const place of placesOf(this.#scene, path)) await this.#pressCell(place)
    this.#chosen = path
    const { head } = this.#sample()
    // it stays where it first appeared
    if (path.join() === 'Slices,Axial' && head) this.#slice ??= besideThe(head)
  }

  async #pressCell(place: CellPlace): Promise<void> {
    const menu = await until('the menu on the wrist', () => this.#menuAt())
    await this.#pressOn(menu, place)
  }

  async #pressOn(panel: WorldPose, { xMm, yMm, widthMm, heightMm }: CellPlace): Promise<void> {
    const on: Vec3 = [(xMm - widthMm / 2) / 1000, (heightMm / 2 - yMm) / 1000, 0]
    await this.#aim(add(panel.position, rotate(panel.rotation, on)))
    await this.#trigger(1)
    await this.#trigger(0)
  }

  /** Where the wrist menu is now, by what the others see of head and wrist. */
  async #menuAt(): Promise<WorldPose | undefined> {
    const { head, left } = this.#sample()
    if (!head || !left) return undefined
    const joints = this.#held === 'hand' ? await this.#wristJoint() : undefined
    const hand = { kind: this.#held, side: 'left', grip: left, joints, squeeze: false }
    return wristPlace(hand as unknown as XrHand, head, true)
  }

  /** x, y, z, qx, qy, qz, qw of the left wrist, brought into the world. */
  async #wristJoint(): Promise<Float32Array> {
    const [x, y, z, ...turn] = await this.#headset.page.evaluate(async () => {
      const session = globalThis.emulated.activeSession
      if (!session) throw new Error('no session')
      const floor = await session.requestReferenceSpace('local-floor')
      return new Promise<number[]>((resolve) => {
        session.requestAnimationFrame((_time, frame) => {
          const source = [...session.inputSources].find(({ handedness }) => handedness === 'left')
          const wrist = source?.hand?.get('wrist')
          const transform = wrist && frame.getJointPose?.(wrist, floor)?.transform
          if (!transform) throw new Error('no wrist')
          const { position: p, orientation: q } = transform
          resolve([p.x, p.y, p.z, q.x, q.y, q.z, q.w])
        })
      })
    })
    const at = this.#toWorld([x ?? 0, y ?? 0, z ?? 0])
    const about = turnAbout([0, 1, 0], this.#yaw())
    return Float32Array.from([...at, ...multiply(about, turn as unknown as Quaternion), 0.02])
  }

  async #use(gesture: string): Promise<void> {
    const volume = this.#volume()
    if (gesture === 'the plane is in your hand until you let go') {
      await this.#aim(add(volume, [0, 0, -1]), add(volume, [0, 0, 0.1]))
      await this.#trigger(1)
      await this.#aim(add(volume, [0, 0, -1]), add(volume, [0, 0, 0.02]))
      await this.#trigger(0)
      return
    }
    const onSlice = sliceGestures[gesture]
    if (onSlice) {
      await this.#onSlice(onSlice)
      return
    }
    if (gesture === 'at the slice, towards you') {
      await this.#aim(this.#slicePoint([0, 0]))
      await this.#headset.stick('right', 0, 1)
      await this.#headset.stick('right', 0, 0)
      return
    }
    await this.#aim(volume)
    if (gesture === 'aim') return
    const ends = tissueEnds[gesture]
    if (ends) {
      await this.#trigger(1)
      await this.#aim(add(volume, ends[0]))
      await this.#trigger(0)
      if (!ends[1]) return
      await this.#aim(add(volume, ends[1]))
      await this.#trigger(1)
      await this.#trigger(0)
      return
    }
    await this.#trigger(1)
    if (gesture.includes('pull')) await this.#aim(volume, add(rest.right, [0.05, 0.12, 0]))
    await this.#trigger(0)
    if (gesture.includes('type')) await this.#type()
  }

  /** Trigger down at the first place, up at the last. */
  async #onSlice([first, ...others]: readonly Place[]): Promise<void> {
    if (!first) return
    await this.#aim(this.#slicePoint(first))
    await this.#trigger(1)
    for (const place of others) await this.#aim(this.#slicePoint(place))
    await this.#trigger(0)
  }

  /** Metres from the middle of the panel, right and up; world. */
  #slicePoint([x, y]: Place): Vec3 {
    if (!this.#slice) throw new Error('no slice is shown')
    const { position, rotation } = this.#slice
    return add(position, rotate(rotation, [x, y, 0]))
  }

  /** A ready word and the end of it, on the keyboard that stands where it was asked for. */
  async #type(): Promise<void> {
    const { head } = this.#sample()
    if (!head) throw new Error('no head')
    const keyboard = ahead(head, keyboardPlace)
    for (const [text, id] of [
      ['', 'text Here'],
      ['Here', 'enter'],
    ] as const) {
      const page = keyboardPage(text)
      const cell = page.cells.find((one) => one.id === id)
      if (!cell) throw new Error(`no key ${id}`)
      await this.#pressOn(keyboard, {
        xMm: cell.xMm + cell.widthMm / 2,
        yMm: cell.yMm + cell.heightMm / 2,
        widthMm: page.widthMm,
        heightMm: page.heightMm,
      })
    }
  }

  async #grab(to: (at: Vec3) => readonly [Vec3, Quaternion]): Promise<void> {
    const at = this.#volume()
    await this.#headset.hand('right', this.#toLocal(at))
    await this.#close('right', 1)
    await this.#headset.hand('right', ...to(this.#toLocal(at)))
    await this.#close('right', 0)
  }

  async #stretch(): Promise<void> {
    const middle = this.#toLocal(this.#volume())
    const hands = async (apartM: number) => {
      await this.#headset.hand('left', add(middle, [-apartM, 0, 0]))
      await this.#headset.hand('right', add(middle, [apartM, 0, 0]))
    }
    await hands(0.1)
    await this.#close('left', 1)
    await this.#close('right', 1)
    await hands(0.15)
    await this.#close('left', 0)
    await this.#close('right', 0)
  }

  /** Forward with the stick, then aside: the head is elsewhere and looks elsewhere. */
  async #walk(): Promise<void> {
    const before = this.#sample().head
    await this.#headset.stick('right', 0, -1)
    await this.#headset.stick('right', 0, 0)
    await this.#headset.stick('right', 1, 0)
    await this.#headset.stick('right', 0, 0)
    await this.#movedFrom(before)
  }

  async #goThere(): Promise<void> {
    const before = this.#sample().head
    await this.choose(['Place', 'Turn left'])
    await this.choose(['Place', 'Go there'])
    await this.#aim(this.#toWorld([0.6, 0, -1.4]))
    await this.#trigger(1)
    await this.#trigger(0)
    await this.#movedFrom(before)
  }

  async #movedFrom(before: WorldPose | undefined): Promise<void> {
    await until('the others see the wearer elsewhere', async () => {
      const { head } = this.#sample()
      if (!head || !before) return false
      const away = Math.hypot(...subtract(head.position, before.position))
      return away > 0.3 && Math.abs(yawOf(head.rotation) - yawOf(before.rotation)) > 0.4
    })
  }

  async #press(button: string): Promise<void> {
    await this.#headset.button('right', button, 1)
    await this.#headset.button('right', button, 0)
  }

  #trigger(value: 0 | 1): Promise<void> {
    return this.#held === 'hand'
      ? this.#headset.pinch('right', value)
      : this.#headset.button('right', 'trigger', value)
  }

  #close(side: 'left' | 'right', value: 0 | 1): Promise<void> {
    return this.#held === 'hand'
      ? this.#headset.pinch(side, value)
      : this.#headset.button(side, 'squeeze', value)
  }

  async #rest(): Promise<void> {
    await this.#headset.head(headM)
    await this.#headset.hand('left', rest.left, turned[this.#held])
    await this.#headset.hand('right', rest.right)
    await until('the others see the hands', async () => this.#sample().left)
  }

  /** The right hand, from where it rests or from elsewhere in the world, at a place of the world. */
  async #aim(at: Vec3, from?: Vec3): Promise<void> {
    const local = from ? this.#toLocal(from) : rest.right
    await this.#headset.aim('right', local, this.#toLocal(at))
  }

  #volume(): Vec3 {
    return [...this.#scene.house.watcher.state.volumePose.position] as unknown as Vec3
  }

  #sample() {
    const { house, actorName } = this.#scene
    return house.watcher.sampleOf(house.person(actorName).participantId) ?? {}
  }

  #yaw(): number {
    const { head } = this.#sample()
    return head ? yawOf(head.rotation) : 0
  }

  #toWorld(local: Vec3): Vec3 {
    const { head } = this.#sample()
    if (!head) return local
    return add(head.position, rotate(turnAbout([0, 1, 0], this.#yaw()), subtract(local, headM)))
  }

  #toLocal(world: Vec3): Vec3 {
    const { head } = this.#sample()
    if (!head) return world
    return add(headM, rotate(turnAbout([0, 1, 0], -this.#yaw()), subtract(world, head.position)))
  }
}

import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { shortestArc } from '../../shared/geometry/grab.ts'
import type { Quaternion } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { normalize, subtract } from '../../shared/geometry/vector.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'
import { joinPage, samplesOf, stateOf } from './conference-person.ts'

const iwer = createRequire(import.meta.url).resolve('iwer/build/iwer.min.js')

type Side = 'left' | 'right'

export interface Device {
  /** What is in the hands; the emulated Quest 3 has both. */
  readonly holds?: 'controller' | 'hand'
  /** As a headset that knows no floor. */
  readonly floorless?: boolean
  /** As a real one: it draws into a framebuffer of its own of this size, not into the canvas. */
  readonly framebuffer?: readonly [width: number, height: number]
}

/** What the page's own script has of the emulated device (IWER). */
interface Emulated {
  readonly position: Settable
  readonly quaternion: Settable
  primaryInputMode: 'controller' | 'hand'
  readonly activeSession?: XRSession
  readonly controllers: Record<Side, Tracked & Buttons>
  readonly hands: Record<Side, Tracked & { updatePinchValue(value: number): void; poseId: string }>
}
interface Settable {
  set(...values: number[]): void
}
interface Tracked {
  connected: boolean
  readonly position: Settable
  readonly quaternion: Settable
}
interface Buttons {
  updateButtonValue(button: string, value: number): void
  updateAxes(stick: string, x: number, y: number): void
}
declare global {
  var emulated: Emulated
}

/** Runs in the page before its own scripts; `IWER` is the emulator. */
function install({ holds = 'controller', floorless = false, framebuffer }: Device): void {
  const { IWER } = globalThis as unknown as {
    IWER: {
      XRDevice: new (
        config: object,
        options: object,
      ) => Emulated & {
        installRuntime(options: object): void
      }
      metaQuest3: { supportedFeatures: string[] }
    }
  }
  const { supportedFeatures } = IWER.metaQuest3
  const device = new IWER.XRDevice(
    {
      ...IWER.metaQuest3,
      supportedFeatures: supportedFeatures.filter((name) => !floorless || name !== 'local-floor'),
    },
    { stereoEnabled: true },
  )
  device.installRuntime({ forceInstall: true })
  device.primaryInputMode = holds
  globalThis.emulated = device
  if (framebuffer) ownFramebuffer(framebuffer)

  function ownFramebuffer([width, height]: readonly [number, number]): void {
    const made = new WeakMap<object, WebGLFramebuffer>()
    const layers = XRWebGLLayer.prototype as unknown as { context: WebGL2RenderingContext }
    const both = (value: number) => ({ configurable: true, get: () => value })
    Object.defineProperty(layers, 'framebufferWidth', both(width))
    Object.defineProperty(layers, 'framebufferHeight', both(height))
    Object.defineProperty(layers, 'framebuffer', {
      configurable: true,
      get(this: typeof layers) {
        const known = made.get(this)
        if (known) return known
        const gl = this.context
        const before = gl.getParameter(gl.FRAMEBUFFER_BINDING) as WebGLFramebuffer | null
        const buffer = gl.createFramebuffer()
        gl.bindFramebuffer(gl.FRAMEBUFFER, buffer)
        for (const [point, format] of [
          [gl.COLOR_ATTACHMENT0, gl.RGBA8],
          [gl.DEPTH_ATTACHMENT, gl.DEPTH_COMPONENT24],
        ] as const) {
          const store = gl.createRenderbuffer()
          gl.bindRenderbuffer(gl.RENDERBUFFER, store)
          gl.renderbufferStorage(gl.RENDERBUFFER, format, width, height)
          gl.framebufferRenderbuffer(gl.FRAMEBUFFER, point, gl.RENDERBUFFER, store)
        }
        gl.bindFramebuffer(gl.FRAMEBUFFER, before)
        made.set(this, buffer)
        return buffer
      },
    })
    layers.constructor.prototype.getViewport = (view: XRView) => ({
      x: view.eye === 'right' ? width / 2 : 0,
      y: 0,
      width: width / 2,
      height,
    })
  }
}

/** Somebody with an emulated headset on a page that has joined. */
export class Headset {
  readonly page: Page

  /** `page` is one that was prepared. */
  constructor(page: Page) {
    this.page = page
  }

  /** Before anything of the page is asked for. */
  static async prepare(page: Page, device: Device = {}): Promise<void> {
    await page.addInitScript({ path: iwer })
    await page.addInitScript(install, device)
  }

  static async join(
    browser: Browser,
    link: string,
    name: string,
    device: Device = {},
  ): Promise<Headset> {
    const options = { viewport: { width: 640, height: 360 } }
    const page = await joinPage(browser, link, name, options, (page) =>
      Headset.prepare(page, device),
    )
    return new Headset(page)
  }

  async enter(): Promise<void> {
    await this.page.getByTestId('enter-vr').click()
    await until('a session', () => this.inside())
    await this.frames(2)
  }

  inside(): Promise<boolean> {
    return this.page.evaluate(() => globalThis.emulated.activeSession !== undefined)
  }

  /** By the headset's own button; nothing where it is off. */
  async end(): Promise<void> {
    if (this.page.isClosed()) return
    await this.page.evaluate(() => globalThis.emulated.activeSession?.end())
    await until('outside', async () => !(await this.inside()))
  }

  /** So many frames have begun and ended with what the device was told before. */
  frames(count = 1): Promise<void> {
    return this.page.evaluate(async (count) => {
      for (let n = 0; n <= count; n++) {
        const session = globalThis.emulated.activeSession
        if (!session) return
        await new Promise<unknown>((resolve) => {
          session.requestAnimationFrame(resolve)
          session.addEventListener('end', resolve, { once: true })
        })
      }
    }, count)
  }

  /** The head; its turn is about y, counter-clockwise from above. The headset's own space. */
  async head([x, y, z]: Vec3, yaw = 0, pitch = 0): Promise<void> {
    await this.page.evaluate(
      ([x, y, z, yaw, pitch]) => {
        const { position, quaternion } = globalThis.emulated
        position.set(x, y, z)
        const [sy, cy] = [Math.sin(yaw / 2), Math.cos(yaw / 2)]
        const [sp, cp] = [Math.sin(pitch / 2), Math.cos(pitch / 2)]
        quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp)
      },
      [x, y, z, yaw, pitch] as const,
    )
    await this.frames()
  }

  /** Where a controller or hand points from, and how it is turned. The headset's own space. */
  async hand(side: Side, position: Vec3, turn: Quaternion = [0, 0, 0, 1]): Promise<void> {
    await this.page.evaluate(
      ({ side, position, turn }) => {
        const { primaryInputMode, controllers, hands } = globalThis.emulated
        const tracked = primaryInputMode === 'hand' ? hands[side] : controllers[side]
        tracked.connected = true
        tracked.position.set(...position)
        tracked.quaternion.set(...turn)
      },
      { side, position, turn },
    )
    await this.frames()
  }

  /** A hand that points from one place at another. */
  aim(side: Side, from: Vec3, at: Vec3): Promise<void> {
    return this.hand(side, from, shortestArc([0, 0, -1], normalize(subtract(at, from))))
  }

  async button(side: Side, button: string, value: number): Promise<void> {
    await this.page.evaluate(
      ({ side, button, value }) => {
        globalThis.emulated.controllers[side].updateButtonValue(button, value)
      },
      { side, button, value },
    )
    await this.frames()
  }

  async stick(side: Side, x: number, y: number): Promise<void> {
    await this.page.evaluate(
      ({ side, x, y }) => globalThis.emulated.controllers[side].updateAxes('thumbstick', x, y),
      { side, x, y },
    )
    await this.frames()
  }

  async pinch(side: Side, value: number): Promise<void> {
    await this.page.evaluate(
      ({ side, value }) => globalThis.emulated.hands[side].updatePinchValue(value),
      { side, value },
    )
    await this.frames()
  }

  /** A hand that nobody tracks any more, or again. */
  async seen(side: Side, seen: boolean): Promise<void> {
    await this.page.evaluate(
      ({ side, seen }) => {
        const { primaryInputMode, controllers, hands } = globalThis.emulated
        const tracked = primaryInputMode === 'hand' ? hands[side] : controllers[side]
        tracked.connected = seen
      },
      { side, seen },
    )
    await this.frames()
  }

  /** A press of one frame. */
  async tap(side: Side, button: string): Promise<void> {
    await this.page.evaluate(
      async ({ side, button }) => {
        const controller = globalThis.emulated.controllers[side]
        const frame = () =>
          new Promise((resolve) => {
            globalThis.emulated.activeSession?.requestAnimationFrame(resolve)
          })
        controller.updateButtonValue(button, 1)
        await frame()
        controller.updateButtonValue(button, 0)
        await frame()
      },
      { side, button },
    )
    await this.frames()
  }

  /** Both eyes, side by side. */
  eyes(path?: string): Promise<Buffer> {
    return this.page.getByTestId('volume').screenshot(path ? { path } : {})
  }
}

/** What is told may have been on its way before: so many later ones are from now. */
const onTheirWay = 4

/** What somebody is told from now on, once it has come to rest. */
export async function settled<T>(
  told: readonly PoseSample[],
  what: string,
  of: (sample: PoseSample) => T | undefined,
): Promise<T> {
  const from = told.length
  const answer = await until(what, () => {
    const parts = told.slice(from).map(of)
    const found = parts.filter((part) => part !== undefined)
    const [before, last] = found.slice(-2)
    const rests = JSON.stringify(before) === JSON.stringify(last)
    return found.length > onTheirWay && rests && { last }
  })
  return answer.last as T
}

/** A conference of its own on the demo case, with people who come by its links. */
export class XrHouse {
  readonly caseroom: Caseroom
  readonly browser: Browser
  readonly conferenceId: string
  readonly links: Record<'attending' | 'resident' | 'observer', string>

  private constructor(parts: Pick<XrHouse, 'caseroom' | 'browser' | 'conferenceId' | 'links'>) {
    this.caseroom = parts.caseroom
    this.browser = parts.browser
    this.conferenceId = parts.conferenceId
    this.links = parts.links
  }

  static async open(): Promise<XrHouse> {
    const caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
    const browser = await openBrowser()
    await caseroom.opened()
    const token = caseroom.token('clinician')
    const read = async <T>(response: Response) => (await response.json()) as T
    const { cases } = await read<{ cases: { caseId: string }[] }>(
      await caseroom.call('GET', '/api/cases', { token }),
    )
    const opened = await read<Pick<XrHouse, 'conferenceId' | 'links'>>(
      await caseroom.call('POST', '/api/conferences', {
        token,
        body: { caseId: cases[0]?.caseId },
      }),
    )
    return new XrHouse({ caseroom, browser, ...opened })
  }

  wearer(role: keyof XrHouse['links'], name: string, device?: Device): Promise<Headset> {
    return Headset.join(this.browser, this.links[role], name, device)
  }

  /** A flat page, and what it is told that others show, in order. */
  async viewer(
    role: keyof XrHouse['links'],
    name: string,
  ): Promise<{ page: Page; told: PoseSample[] }> {
    let told: PoseSample[] = []
    const options = { viewport: { width: 480, height: 360 } }
    const page = await joinPage(this.browser, this.links[role], name, options, async (page) => {
      told = samplesOf(page)
    })
    return { page, told }
  }

  state() {
    return stateOf(this.caseroom, this.conferenceId)
  }

  async close(): Promise<void> {
    await this.browser?.close()
    await this.caseroom?.remove()
  }
}

import type { CDPSession, Page } from 'playwright-core'
import { until } from '../../support/until.ts'
import { canvasOf } from '../conference-person.ts'
import { keysOnSlice, onSlice, sliceStrokes, typeSlab } from './slice-driver.ts'

/** Does what a cell of the action table says, on a flat page. Throws where the words mean nothing. */
export interface Driver {
  readonly page: Page
  do(words: string): Promise<void>
  close(): Promise<void>
}

interface At {
  readonly x: number
  readonly y: number
}
type By = readonly [dx: number, dy: number]

const upwards: By = [0, -60]
const aside: By = [40, 0]

/** How a tool's stroke goes, by the words after its name. */
const strokes: Record<string, By | 'hover' | 'press'> = {
  drag: aside,
  'drag up or down': upwards,
  'drag its tail away': [40, -40],
  'drag one arm and press': aside,
  hover: 'hover',
  press: 'press',
  'press and type': 'press',
}

/** A mouse or a finger on the page, by what the table says of it. */
export async function pointerDriver(page: Page, device: 'mouse' | 'touch'): Promise<Driver> {
  const hand = device === 'mouse' ? mouseOf(page) : await fingerOf(page)
  const button = async (panel: string | undefined, control: string) => {
    if (panel) await openPanel(page, panel, hand.press)
    const special = controls[control]
    if (special) {
      await special(page, hand.press)
      if (device === 'touch') await closePanel(page, hand.press)
      return
    }
    const named = new RegExp(`^${onePerson[control] ?? control}`, 'i')
    const found = page
      .getByRole('button', { name: named })
      .or(page.getByRole('radio', { name: named }))
    await hand.press(found.first())
    if (panel && device === 'touch') await closePanel(page, hand.press)
  }
  const driver: Driver = {
    page,
    async do(words) {
      const [pane, ...rest] = words.split('; ')
      if (pane === 'Pane Axial') {
        await hand.press(page.getByTestId('tab-pane-axial'))
        await driver.do(rest.join('; '))
        await hand.press(page.getByTestId('tab-pane-volume'))
        return
      }
      const stroke = words.match(/^(\w+), then (.+)$/)
      const inPanel = words.match(/^(View|People|Marks): (.+)$/)
      if (stroke?.[1] && stroke[2]) {
        const tool = `tool-${toolIds[stroke[1]] ?? stroke[1].toLowerCase()}`
        await until('the tool in the hand', async () => {
          // a tap at once after a stroke is half of a double tap to a browser, and no press
          await hand.press(page.getByTestId(tool))
          return (await page.getByTestId(tool).getAttribute('aria-pressed')) === 'true'
        })
        await drawn(page)
        const slice = sliceStrokes[stroke[2]]
        if (slice) {
          await hand.through(await Promise.all(slice.map((place) => onSlice(page, place))))
          return
        }
        const how = strokes[stroke[2]]
        if (!how) throw new Error(`no stroke: ${words}`)
        if (how === 'hover' || how === 'press') await hand.touch(how)
        else await hand.drag(how)
        if (stroke[2].includes('type')) await type(page)
        if (stroke[2] === 'drag one arm and press') {
          const { x, y } = await canvasOf(page)
          await hand.through([{ x: x - 30, y: y - 40 }])
        }
      } else if (inPanel?.[2]) await button(inPanel[1], inPanel[2])
      else if (words.startsWith('More: ')) {
        await hand.press(page.getByTestId('more'))
        await hand.press(page.getByRole('menuitem', { name: words.slice('More: '.length) }))
      } else if (words === 'Right drag, or Window and drag') await hand.drag(aside, { right: true })
      else if (words === 'Alt and drag; wheel; middle drag') await hand.drag(aside, { alt: true })
      else if (words === 'Two fingers') await hand.pinch()
      else if (words === 'Wheel on a slice') {
        const { x, y } = await onSlice(page)
        await page.mouse.move(x, y)
        await page.mouse.wheel(0, 100)
      } else if (words === 'two fingers up or down') await hand.sideBySide(await onSlice(page))
      else if (words.startsWith('Slices: ')) {
        await hand.press(page.getByTestId('slab'))
        await typeSlab(page, words.slice('Slices: '.length))
      } else if (/^[A-Z][a-z ]+$/.test(words)) await button(undefined, words)
      else throw new Error(`no such cell: ${words}`)
    },
    close: () => page.context().close(),
  }
  return driver
}

/** What is no button by that name. */
const controls: Record<string, (page: Page, press: Press) => Promise<void>> = {
  'Crop box': (page, press) => press(page.getByTestId('crop-on')),
  'Moved apart': async (page, press) => {
    await press(page.getByTestId('explode').locator('..'))
  },
  'Compare with': async (page, press) => {
    await press(page.getByTestId('prior-choice'))
    await press(page.getByRole('option').first())
  },
}

/** Where the table speaks of a person, a page's button names them. */
const onePerson: Record<string, string> = {
  Mute: 'Mute Rea Resident',
  'Hand over': 'Hand over the lead to Rea Resident',
}

/** The page has done what a press asked for. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame)
  })
}

/** The table's own names where a tool's button has another id. */
const toolIds: Record<string, string> = { Size: 'scale', Outline: 'freehand' }

/** Where the keyboard's pointer goes on to, from the first press of a tool. */
const furtherEnds: Record<string, readonly string[]> = {
  A: ['ArrowUp'],
  D: ['ArrowRight'],
  G: ['ArrowRight', 'ArrowUp'],
}
/** In the panel of the look, which is behind a tab. */
const onLook = ['Reset the curve', 'Compare with', 'Beside']

/** The keyboard alone. */
export function keyDriver(page: Page): Driver {
  const { keyboard } = page
  const onVolume = () => page.getByTestId('volume').focus()
  const combination = (words: string) => words.replace('Ctrl', 'Control')
  return {
    page,
    async do(words) {
      const arrows = words.match(/^([A-Z]), then (arrows|up or down)$/)
      const entered = words.match(/^([A-Z]) and Enter$/)
      if (await keysOnSlice(page, words)) return
      const tabbed = words.match(/Tab to ([A-Z][^,]*), (right arrow, )?Enter(, Enter)?$/)
      const typed = words.match(/^Tab to Slices:, Enter, Tab to (.+), (\d+)$/)
      if (arrows?.[1]) {
        await onVolume()
        await keyboard.press(arrows[1].toLowerCase())
        for (let n = 0; n < 3; n++) {
          await keyboard.press(arrows[2] === 'arrows' ? 'ArrowRight' : 'ArrowUp')
        }
      } else if (entered?.[1]) {
        await onVolume()
        await keyboard.press(entered[1].toLowerCase())
        await keyboard.press('Enter')
        for (const way of furtherEnds[entered[1]] ?? []) {
          for (let n = 0; n < 4; n++) await keyboard.press(way)
          await keyboard.press('Enter')
        }
        if (entered[1] === 'T') await type(page)
      } else if (typed?.[2]) {
        await tabTo(page, 'Slices:')
        await page.getByTestId('slab-mm').waitFor()
        await tabTo(page, typed[1] ?? '', undefined)
        await keyboard.press('Control+A')
        await keyboard.type(typed[2])
        await keyboard.press('Enter')
        await keyboard.press('Escape')
      } else if (tabbed?.[1]) {
        const panel = onLook.includes(tabbed[1]) ? 'View' : 'People'
        await openPanel(page, panel, (tab) => tab.press('Enter'))
        await tabTo(page, tabbed[1], tabbed[2] ? undefined : 'Enter')
        if (tabbed[2]) for (const key of ['ArrowRight', 'Enter']) await keyboard.press(key)
        if (tabbed[3]) {
          await page.getByRole('option').first().waitFor()
          await keyboard.press('Enter')
        }
      } else if (words === 'Alt and arrows, + and −') {
        await onVolume()
        await keyboard.press('Alt+ArrowRight')
        await keyboard.press('+')
      } else if (
        /^(?:(?:Shift|Ctrl)\+)*[A-Z0-9](?: for .*|, and .*)?(?:, Shift\+.)*$/.test(words)
      ) {
        if (/Shift\+[FX]/.test(words))
          await page.getByTestId('planes').locator('li').first().waitFor({ state: 'attached' })
        await onVolume()
        await keyboard.press(combination(words.split(/,| for /)[0] ?? ''))
      } else throw new Error(`no such cell: ${words}`)
    },
    close: () => page.context().close(),
  }
}

/** By Tab alone, as somebody without a pointer; the panel of people is open on a desk. */
async function tabTo(page: Page, name: string, then: 'Enter' | undefined = 'Enter') {
  for (let presses = 0; presses < 160; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLInputElement && element.labels?.[0]?.textContent
      return element?.getAttribute('aria-label') ?? (label || element?.textContent) ?? ''
    })
    if (!focused.startsWith(onePerson[name] ?? name)) continue
    if (then) await page.keyboard.press(then)
    return
  }
  throw new Error(`Tab does not reach ${name}`)
}

async function type(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('textbox').waitFor()
  await page.keyboard.type('look here')
  await page.keyboard.press('Enter')
}

type Press = (target: ReturnType<Page['getByRole']>) => Promise<void>

async function openPanel(page: Page, panel: string, press: Press): Promise<void> {
  const id = panel.toLowerCase()
  const dock = page.getByTestId(`dock-${id}`)
  if (await dock.isVisible()) {
    if ((await dock.getAttribute('aria-expanded')) !== 'true') await press(dock)
  } else await press(page.getByTestId(`tab-${id}`))
}

async function closePanel(page: Page, press: Press): Promise<void> {
  const close = page.getByRole('button', { name: 'Close the panel' })
  if (await close.isVisible()) await press(close)
}

interface Hand {
  press: Press
  /** Down at the first place, up at the last. */
  through(places: readonly At[]): Promise<void>
  /** Two fingers there, and together on. */
  sideBySide(at: At): Promise<void>
  touch(how: 'hover' | 'press'): Promise<void>
  drag(by: By, how?: { right?: true; alt?: true }): Promise<void>
  pinch(): Promise<void>
}

function mouseOf(page: Page): Hand {
  const { mouse, keyboard } = page
  return {
    press: (target) => target.click(),
    async touch(how) {
      const { x, y } = await canvasOf(page)
      await mouse.move(x, y)
      await mouse.move(x + 4, y + 4)
      if (how === 'press') await mouse.click(x + 4, y + 4)
    },
    async drag([dx, dy], how = {}) {
      const { x, y } = await canvasOf(page)
      const button = how.right ? 'right' : 'left'
      if (how.alt) await keyboard.down('Alt')
      await mouse.move(x, y)
      await mouse.down({ button })
      await mouse.move(x + dx, y + dy, { steps: 4 })
      await mouse.up({ button })
      if (how.alt) await keyboard.up('Alt')
    },
    async through([first, ...others]) {
      if (!first) return
      await mouse.move(first.x, first.y)
      await mouse.down()
      for (const { x, y } of others) await mouse.move(x, y, { steps: 3 })
      await mouse.up()
    },
    sideBySide: () => Promise.reject(new Error('a mouse has no two fingers')),
    pinch: () => Promise.reject(new Error('a mouse has no two fingers')),
  }
}

async function fingerOf(page: Page): Promise<Hand> {
  const session: CDPSession = await page.context().newCDPSession(page)
  const send = (kind: 'touchStart' | 'touchMove' | 'touchEnd', at: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', {
      type: kind,
      touchPoints: at.map((point, id) => ({ ...point, id })),
    })
  const stroke = async (paths: (part: number) => { x: number; y: number }[]) => {
    await send('touchStart', paths(0))
    for (let n = 1; n <= 4; n++) await send('touchMove', paths(n / 4))
    await send('touchEnd', [])
  }
  return {
    press: (target) => target.tap(),
    async touch() {
      const at = [await canvasOf(page)]
      await send('touchStart', at)
      // a finger stays for longer than a sample takes to go out
      await page.evaluate(async () => {
        const untilMs = performance.now() + 200
        while (performance.now() < untilMs) await new Promise(requestAnimationFrame)
      })
      await send('touchEnd', [])
    },
    async drag([dx, dy]) {
      const { x, y } = await canvasOf(page)
      await stroke((part) => [{ x: x + dx * part, y: y + dy * part }])
    },
    async through([first, ...others]) {
      if (!first) return
      await send('touchStart', [first])
      for (const at of others) await send('touchMove', [at])
      await send('touchEnd', [])
    },
    async sideBySide({ x, y }) {
      await stroke((part) => [-30, 30].map((aside) => ({ x: x + aside, y: y + 60 * part })))
    },
    async pinch() {
      const { x, y } = await canvasOf(page)
      const apart = (part: number) => 40 + 40 * part
      await stroke((part) => [
        { x: x - apart(part), y },
        { x: x + apart(part), y },
      ])
    },
  }
}

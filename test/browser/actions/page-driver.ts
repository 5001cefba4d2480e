import type { CDPSession, Page } from 'playwright-core'
import { until } from '../../support/until.ts'
import { canvasOf } from '../conference-person.ts'

/** Does what a cell of the action table says, on a flat page. Throws where the words mean nothing. */
export interface Driver {
  readonly page: Page
  do(words: string): Promise<void>
  close(): Promise<void>
}

type By = readonly [dx: number, dy: number]

const upwards: By = [0, -60]
const aside: By = [40, 0]

/** How a tool's stroke goes, by the words after its name. */
const strokes: Record<string, By | 'hover' | 'press'> = {
  drag: aside,
  'drag up or down': upwards,
  'drag its tail away': [40, -40],
  hover: 'hover',
  press: 'press',
  'press and type': 'press',
}

/** A mouse or a finger on the page, by what the table says of it. */
export async function pointerDriver(page: Page, device: 'mouse' | 'touch'): Promise<Driver> {
  const hand = device === 'mouse' ? mouseOf(page) : await fingerOf(page)
  const button = async (panel: string | undefined, control: string) => {
    if (panel) await openPanel(page, panel, hand.press)
    const named = new RegExp(`^${onePerson[control] ?? control}`, 'i')
    const found = page
      .getByRole('button', { name: named })
      .or(page.getByRole('radio', { name: named }))
    await hand.press(found.first())
    if (panel && device === 'touch') await closePanel(page, hand.press)
  }
  return {
    page,
    async do(words) {
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
        const how = strokes[stroke[2]]
        if (!how) throw new Error(`no stroke: ${words}`)
        if (how === 'hover' || how === 'press') await hand.touch(how)
        else await hand.drag(how)
        if (stroke[2].includes('type')) await type(page)
      } else if (inPanel?.[2]) await button(inPanel[1], inPanel[2])
      else if (words.startsWith('More: ')) {
        await hand.press(page.getByTestId('more'))
        await hand.press(page.getByRole('menuitem', { name: words.slice('More: '.length) }))
      } else if (words === 'Right drag, or Window and drag') await hand.drag(aside, { right: true })
      else if (words === 'Alt and drag; wheel; middle drag') await hand.drag(aside, { alt: true })
      else if (words === 'Two fingers') await hand.pinch()
      else if (/^[A-Z][a-z ]+$/.test(words)) await button(undefined, words)
      else throw new Error(`no such cell: ${words}`)
    },
    close: () => page.context().close(),
  }
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
const toolIds: Record<string, string> = { Size: 'scale' }

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
      const tabbed = words.match(/Tab to ([A-Z][\w ]*), Enter$/)
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
        if (entered[1] === 'A') {
          for (let n = 0; n < 4; n++) await keyboard.press('ArrowUp')
          await keyboard.press('Enter')
        }
        if (entered[1] === 'T') await type(page)
      } else if (tabbed?.[1]) await tabTo(page, tabbed[1])
      else if (words === 'Alt and arrows, + and −') {
        await onVolume()
        await keyboard.press('Alt+ArrowRight')
        await keyboard.press('+')
      } else if (/^(?:(?:Shift|Ctrl)\+)*[A-Z0-9](?: for .*)?(?:, Shift\+.)*$/.test(words)) {
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
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (!focused.startsWith(onePerson[name] ?? name)) continue
    await page.keyboard.press('Enter')
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

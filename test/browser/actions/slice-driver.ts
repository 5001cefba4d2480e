import type { Page } from 'playwright-core'

/** Pixels from the middle of a slice. */
type Place = readonly [x: number, y: number]

/** What is done on a slice, by the words of the action table. */
export const sliceStrokes: Record<string, readonly Place[]> = {
  'press on a slice': [[30, 20]],
  'drag on a slice': [
    [-20, -20],
    [25, 20],
  ],
  'draw around it on a slice': [
    [-20, -20],
    [25, -20],
    [25, 20],
    [-20, 20],
  ],
}

/** The axial slice, where it is on the page. */
export async function onSlice(
  page: Page,
  [x, y]: Place = [0, 0],
): Promise<{ x: number; y: number }> {
  const box = await page.getByTestId('pane-axial').boundingBox()
  if (!box) throw new Error('no axial slice')
  return { x: box.x + box.width / 2 + x, y: box.y + box.height / 2 + y }
}

/** By keys on the slices, with the words of the action table. True where they meant one of these. */
export async function keysOnSlice(page: Page, words: string): Promise<boolean> {
  const { keyboard } = page
  const pane = (kind: string) => page.getByTestId(`pane-${kind}`).focus()
  const travel = async (...arrows: readonly string[]) => {
    for (const arrow of arrows) for (let n = 0; n < 8; n++) await keyboard.press(arrow)
    await keyboard.press('Enter')
  }
  const tool = words.match(/^([A-Z]), then Enter/)?.[1]
  if (tool) {
    await pane('axial')
    await keyboard.press(tool.toLowerCase())
    await travel()
    if (words.includes('arrows')) await travel('ArrowRight', 'ArrowDown')
    else for (const way of ['Right', 'Down', 'Left', 'Up']) await travel(`Arrow${way}`)
    return true
  }
  if (words === 'Page Down on a slice') {
    await pane('axial')
    await keyboard.press('PageDown')
    return true
  }
  if (words === 'Page Down on each slice') {
    for (const kind of ['axial', 'coronal', 'sagittal']) {
      await pane(kind)
      await keyboard.press('PageDown')
    }
    return true
  }
  return false
}

/** What is typed into the dialog that a press has opened: "10 mm", "tilt 15°". */
export async function typeSlab(page: Page, words: string): Promise<void> {
  const [number] = words.match(/\d+/) ?? []
  const field = page.getByTestId(words.startsWith('tilt') ? 'oblique-tilt' : 'slab-mm')
  await field.fill(number ?? '')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
}

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Caseroom } from '../support/start-caseroom.ts'

export interface StateAnswer {
  readonly seq: number
  readonly hash: string
  readonly state: {
    seq: number
    presenterId: string
    shownVolumeId: string
    presetId: string
    window: { windowCenter: number; windowWidth: number }
    volumePose: {
      position: [number, number, number]
      rotation: [number, number, number, number]
      scale: number
    }
    clippingPlanes: Record<string, { normal: number[]; offsetMm: number; enabled: boolean }>
    annotations: Record<string, { kind: string; text?: string; pointsMm: number[][] }>
  }
}

/** A page of somebody's own that has joined and shows a volume. */
export async function joinPage(
  browser: Browser,
  link: string,
  name: string,
  options: BrowserContextOptions,
): Promise<Page> {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  await page.goto(link)
  await page.getByTestId('join-name').fill(name)
  await page.getByTestId('join').click()
  await page.getByTestId('volume').waitFor()
  await page.waitForFunction(
    () => document.querySelector('.stage-scale-bar-text')?.textContent !== '',
  )
  return page
}

export async function stateOf(
  caseroom: Caseroom,
  conferenceId: string,
): Promise<StateAnswer['state']> {
  const response = await caseroom.call('GET', `/api/conferences/${conferenceId}/state`, {
    token: caseroom.token('admin'),
  })
  if (!response.ok) throw new Error(`the state: ${response.status}`)
  return ((await response.json()) as StateAnswer).state
}

/** The middle of the 3D pane, in CSS pixels of the page. */
export async function canvasOf(page: Page): Promise<{ x: number; y: number }> {
  const box = await page.getByTestId('volume').boundingBox()
  if (!box) throw new Error('the volume is not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The words over the picture, of one kind, as seen. */
export function labelsOf(page: Page, kind: 'orientation' | 'initials' | 'mark'): Promise<string[]> {
  return page
    .locator(`.stage-label-${kind}:not([hidden])`)
    .evaluateAll((elements) => elements.map((element) => element.textContent ?? ''))
}

import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { decodeDown } from '../../shared/protocol/pose-frame.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { Caseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

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

/** A page of somebody's own that has joined; `prepare` comes before anything is asked for. */
export async function joinPage(
  browser: Browser,
  link: string,
  name: string,
  options: BrowserContextOptions,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Page> {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await prepare(page)
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

/** Where the six orientation letters stand: they move with the volume and with one's own camera. */
export function lettersOf(page: Page): Promise<string> {
  return page
    .locator('.stage-label-orientation:not([hidden])')
    .evaluateAll((elements) =>
      (elements as HTMLElement[])
        .map((element) => `${element.textContent} ${element.style.transform}`)
        .join('; '),
    )
}

/** Where one of them stands, CSS pixels of the pane. */
export async function letterAt(page: Page, letter: string): Promise<{ x: number; y: number }> {
  return placeIn(await lettersOf(page), letter)
}

/** The initials of whoever points, CSS pixels of the pane. */
export async function initialsAt(page: Page, initials: string): Promise<{ x: number; y: number }> {
  const label = page.locator('.stage-label-initials', { hasText: initials })
  return placeIn(await label.evaluate((e) => `${e.textContent} ${e.style.transform}`), initials)
}

function placeIn(labels: string, text: string): { x: number; y: number } {
  const [, x, y] = labels.match(`(?:^|; )${text} translate\\((.+?)px, (.+?)px\\)`) ?? []
  if (!x || !y) throw new Error(`${text} is not among: ${labels}`)
  return { x: Number(x), y: Number(y) }
}

export async function statusOf(page: Page): Promise<string> {
  return (await page.getByTestId('status').textContent()) ?? ''
}

/** Hides what is laid over the picture; properties, since the page's policy takes no style sheets. */
const hideWords = (hidden: boolean) => {
  for (const element of document.querySelectorAll<HTMLElement>('.stage > :not(.stage-pane)')) {
    element.style.visibility = hidden ? 'hidden' : ''
  }
  const overlay = document.querySelector<HTMLElement>('.stage-overlay')
  if (overlay) overlay.style.visibility = hidden ? 'hidden' : ''
}

/** Drawn in software, beside whatever else the machine does. */
export const pictureWithinMs = 60_000

/** The drawn picture alone, as good as it gets: the same for the same volume, look and camera. */
export async function pictureOf(page: Page): Promise<Buffer> {
  const volume = page.getByTestId('volume')
  await page.evaluate(hideWords, true)
  try {
    let last = await volume.screenshot()
    return await until(
      'a picture at rest',
      async () => {
        const sharp = /, sharp( |$)/.test(await statusOf(page))
        const now = await volume.screenshot()
        const rests = sharp && now.equals(last)
        last = now
        return rests && now
      },
      pictureWithinMs,
    )
  } finally {
    await page.evaluate(hideWords, false)
  }
}

/** How much of the picture differs between two of a page, 0…1: lines drawn over it are little. */
export function differenceOf(page: Page, a: Buffer, b: Buffer): Promise<number> {
  return page.evaluate(
    async (pictures) => {
      const pixels = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d')
        context?.drawImage(bitmap, 0, 0)
        return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? []
      }
      const [before = [], after = []] = await Promise.all(pictures.map(pixels))
      let changed = 0
      for (let at = 0; at < after.length; at += 4) {
        const parts = [0, 1, 2].map((n) => Math.abs((before[at + n] ?? 0) - (after[at + n] ?? 0)))
        if (Math.max(...parts) > 8) changed++
      }
      return (4 * changed) / after.length
    },
    [a.toString('base64'), b.toString('base64')],
  )
}

/** Every sample that a page is told from now on, in order, as it came over its line. */
export function samplesOf(page: Page): PoseSample[] {
  const samples: PoseSample[] = []
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => {
      const bytes = Buffer.from(payload as Buffer)
      const name = bytes.indexOf('poses')
      // the room's bytes: a code, the message's name, the frame
      if (name < 0 || name > 4) return
      const frame = decodeDown(new Uint8Array(bytes.subarray(name + 'poses'.length)))
      for (const sample of frame?.values() ?? []) samples.push(sample)
    }),
  )
  return samples
}

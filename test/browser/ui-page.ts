import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'

export const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } }
export const phone: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
}

/** What a page must never do; one line each, in the order it happened. */
export type Faults = string[]

/** A page in a browser of its own, watched for what it must not do; `prepare` comes first. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = desk,
  prepare: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<{ page: Page; faults: Faults }> {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const faults: Faults = []
  const ours = new URL(url).host
  const ask = (address: string) => {
    const { host, protocol } = new URL(address)
    if (/^(http|ws)s?:$/.test(protocol) && host !== ours) faults.push(`asked ${host}`)
  }
  page.on('request', (request) => ask(request.url()))
  page.on('websocket', (socket) => ask(socket.url()))
  page.on('pageerror', (error) => faults.push(`threw ${error.message}`))
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) faults.push(message.text())
  })
  await prepare(page)
  await page.goto(url)
  return { page, faults }
}

/** By the lobby into the conference, until the volume is there. */
export async function join(page: Page, name: string): Promise<void> {
  await page.getByTestId('join-name').fill(name)
  await page.getByTestId('join').click()
  await page.getByTestId('volume').waitFor()
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The accessibility rules a page breaks, with the first element of each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  })
}

/** Drops files and whole folders of this machine on an element, as from a file manager. */
export async function drop(page: Page, target: Locator, paths: string[]): Promise<void> {
  const box = await target.boundingBox()
  if (!box) throw new Error('the drop target is not on the page')
  const at = { x: box.x + box.width / 2, y: box.y + 24 }
  const cdp = await page.context().newCDPSession(page)
  const data = { items: [], files: paths, dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await cdp.detach()
}

import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openVolumePage } from '../volume/open-volume-page.ts'
import type { XrVisuals } from './xr-visuals-page.ts'

declare global {
  interface Window {
    visuals: XrVisuals
  }
}

export interface XrVisualsPage {
  readonly page: Page
  readonly origin: string
  /** Errors of the console, refused files, and requests to anywhere else. */
  readonly complaints: readonly string[]
  close(): Promise<void>
}

/** The page of `xr-visuals-page.ts`, under the server's own security policy. */
export async function openXrVisuals(): Promise<XrVisualsPage> {
  const pageFolder = dirname(fileURLToPath(import.meta.url))
  const { page, origin, close } = await openVolumePage({ pageFolder })
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('request', (request) => {
    const own = request.url().startsWith(origin) || /^(blob|data):/.test(request.url())
    if (!own) complaints.push(`asked for ${request.url()}`)
  })
  await page.setViewportSize({ width: 1500, height: 1500 })
  return { page, origin, complaints, close }
}

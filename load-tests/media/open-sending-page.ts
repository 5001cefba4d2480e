import { once } from 'node:events'
import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { build } from 'vite'
import { openBrowser } from '../../test/support/open-browser.ts'
import type { SendingPage } from './page/media-page.ts'

export const fakeDevices = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
]

/** Chromium with a fake microphone and camera, sending both to whatever answers `ask`. */
export async function openSendingPage(ask: SendingPage['askBench']) {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-media-page-'))
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'page'),
    logLevel: 'error',
    build: { outDir: folder, emptyOutDir: true, target: 'es2023' },
  })
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://page').pathname)
    const name = path === '/' ? '/index.html' : path
    response.setHeader('content-type', name.endsWith('.js') ? 'text/javascript' : 'text/html')
    createReadStream(join(folder, name))
      .on('error', () => response.writeHead(404).end())
      .pipe(response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const browser = await openBrowser({ extraFlags: fakeDevices })
  const page = await browser.newPage()
  await page.exposeFunction('askBench', ask)
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction(() => 'sendBoth' in window)
  await page.evaluate(() => window.sendBoth())
  return {
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

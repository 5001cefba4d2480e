import { once } from 'node:events'
import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { type Gl, openBrowser } from '../../../support/open-browser.ts'
import type { Picture, View, VolumeBench } from './bench-page.ts'

const chromiumArguments = ['--disable-frame-rate-limit', '--disable-gpu-vsync']

const mediaTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
}

declare global {
  interface Window {
    bench: VolumeBench
  }
}

export interface VolumePage {
  readonly page: Page
  readonly origin: string
  draw(view: View, size: number | [number, number]): Promise<Pixels>
  close(): Promise<void>
}

/**
 * Builds the bench page, serves it on a free loopback port and opens it in Chromium. `serve` may
 * answer other paths first (by ending the response and returning true).
 */
export async function openVolumePage({
  pageFolder = dirname(fileURLToPath(import.meta.url)),
  gl = 'mesa',
  serve,
}: {
  pageFolder?: string
  gl?: Gl
  serve?: (...request: Parameters<RequestListener>) => boolean
} = {}): Promise<VolumePage> {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-volume-page-'))
  await build({
    configFile: false,
    root: pageFolder,
    logLevel: 'error',
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      minify: false,
    },
  })
  const server = createServer((request, response) => {
    if (serve?.(request, response)) return
    const path = new URL(request.url ?? '/', 'http://page').pathname
    const file = join(folder, path === '/' ? 'index.html' : path)
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end()
      return
    }
    response.writeHead(200, {
      'content-type': mediaTypes[extname(file)] ?? 'application/octet-stream',
    })
    createReadStream(file).pipe(response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await openBrowser({ gl, extraFlags: chromiumArguments })
  const page = await browser.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(origin)
  await page
    .waitForFunction(() => 'bench' in window)
    .catch((error: Error) => {
      throw new Error(`the page did not start: ${complaints.join('; ')}`, { cause: error })
    })
  return {
    page,
    origin,
    async draw(view, size) {
      const picture = await page.evaluate(([v, s]) => window.bench.draw(v, s), [
        view,
        size,
      ] as const)
      return new Pixels(picture)
    },
    async close() {
      await browser.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A picture's pixels, row 0 at the top. */
export class Pixels {
  readonly width: number
  readonly height: number
  readonly rgba: Uint8Array

  constructor({ width, height, base64 }: Picture) {
    this.width = width
    this.height = height
    this.rgba = Buffer.from(base64, 'base64')
  }

  /** [r, g, b] 0…255. */
  at(x: number, y: number): [number, number, number] {
    const n = 4 * (y * this.width + x)
    return [this.rgba[n] as number, this.rgba[n + 1] as number, this.rgba[n + 2] as number]
  }

  /** Of all pixels whose colour `wanted` accepts, the centre of gravity and the count. `fromX` to `toX` are the columns looked at. */
  find(
    wanted: (r: number, g: number, b: number) => boolean,
    [fromX, toX]: readonly [number, number] = [0, this.width],
  ): { x: number; y: number; count: number } {
    let [sumX, sumY, count] = [0, 0, 0]
    for (let y = 0; y < this.height; y++) {
      for (let x = fromX; x < toX; x++) {
        if (!wanted(...this.at(x, y))) continue
        sumX += x
        sumY += y
        count++
      }
    }
    return { x: sumX / count, y: sumY / count, count }
  }

  /** The same of the pixels whose middle is less than `radius` from x, y. */
  findNear(
    x: number,
    y: number,
    radius: number,
    wanted: (r: number, g: number, b: number) => boolean,
  ): { x: number; y: number; count: number } {
    let [sumX, sumY, count] = [0, 0, 0]
    for (let row = 0; row < this.height; row++) {
      for (let column = 0; column < this.width; column++) {
        if (Math.hypot(column + 0.5 - x, row + 0.5 - y) >= radius) continue
        if (!wanted(...this.at(column, row))) continue
        sumX += column
        sumY += row
        count++
      }
    }
    return { x: sumX / count, y: sumY / count, count }
  }

  /** The greatest difference of any channel of any pixel. */
  greatestDifference(other: Pixels): number {
    let greatest = 0
    for (let n = 0; n < this.rgba.length; n++) {
      greatest = Math.max(greatest, Math.abs((this.rgba[n] as number) - (other.rgba[n] as number)))
    }
    return greatest
  }
}

/** The bytes of voxels, for a request. */
export const base64OfVoxels = (voxels: ArrayBufferView): string =>
  Buffer.from(voxels.buffer, voxels.byteOffset, voxels.byteLength).toString('base64')

import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** `mesa` is the faster rasteriser, `swiftshader` the one that every Chromium brings. */
export type Gl = 'mesa' | 'swiftshader'

const glFlags: Record<Gl, string[]> = {
  mesa: ['--use-gl=angle', '--use-angle=gl-egl'],
  swiftshader: ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
}

const flags = [
  '--no-sandbox',
  '--ignore-gpu-blocklist',
  '--disable-gpu-watchdog',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
]

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Debian's Chromium without a screen, drawing in software. Whoever opens it closes it. */
export async function openBrowser(
  options: { gl?: Gl; extraFlags?: string[] } = {},
): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error('This test could not run: Chromium is missing. npm run setup -- --test')
  }
  const { gl = 'mesa', extraFlags = [] } = options
  return chromium.launch({ executablePath, args: [...flags, ...glFlags[gl], ...extraFlags] })
}

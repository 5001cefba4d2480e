import type { Browser } from 'playwright-core'
import { openBrowser } from '../../test/support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../../test/support/start-caseroom.ts'
import { spread } from '../statistics.ts'
import { table } from '../table.ts'

const rounds = 3

interface Opening {
  /** From the press of "join" to the first picture of the volume. */
  readonly firstImageMs: number
  readonly firstImageBytes: number
  /** To the finest level that this page loads. */
  readonly finestMs: number
  readonly finestBytes: number
}

/** What a guest waits for and pays for: the demo CT over HTTP, beside its finest level alone. */
export async function run(): Promise<string> {
  const caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  const browser = await openBrowser()
  try {
    const { guests } = await caseroom.opened()
    const openings: Opening[] = []
    const whole: { ms: number; bytes: number }[] = []
    for (let n = 0; n < rounds; n++) {
      openings.push(await open(browser, guests))
      whole.push(await fetchFinestLevel(caseroom))
    }
    const kB = (bytes: number[]) =>
      spread(
        bytes.map((b) => b / 1000),
        0,
      )
    return [
      `the demo CT (512×512×135), ${rounds} interleaved rounds, loopback`,
      table(
        ['what', 'kB of voxels', 'ms'],
        [
          [
            'first image',
            kB(openings.map((o) => o.firstImageBytes)),
            spread(
              openings.map((o) => o.firstImageMs),
              0,
            ),
          ],
          [
            'finest level',
            kB(openings.map((o) => o.finestBytes)),
            spread(
              openings.map((o) => o.finestMs),
              0,
            ),
          ],
          [
            'peer: the finest level fetched whole',
            kB(whole.map((w) => w.bytes)),
            spread(
              whole.map((w) => w.ms),
              0,
            ),
          ],
        ],
      ),
    ].join('\n\n')
  } finally {
    await browser.close()
    await caseroom.remove()
  }
}

async function open(browser: Browser, link: string): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  const page = await context.newPage()
  let bytes = 0
  context.on('requestfinished', async (request) => {
    if (request.url().includes('/zarr/')) bytes += (await request.sizes()).responseBodySize
  })
  await page.goto(link)
  await page.getByTestId('join-name').fill('Bench')
  const startMs = performance.now()
  await page.getByTestId('join').click()
  const status = page.getByTestId('status')
  await status.filter({ hasText: /\d×\d+×\d/ }).waitFor({ timeout: 60_000 })
  const first = { firstImageMs: performance.now() - startMs, firstImageBytes: bytes }
  await status.filter({ hasText: /sharp(\s|$)|drawing finer/ }).waitFor({ timeout: 120_000 })
  const finest = { finestMs: performance.now() - startMs, finestBytes: bytes }
  await context.close()
  return { ...first, ...finest }
}

/** Every chunk of level 0, eight at a time, as a viewer without levels would. */
async function fetchFinestLevel(caseroom: Caseroom): Promise<{ ms: number; bytes: number }> {
  const token = caseroom.token('clinician')
  const get = (path: string) => caseroom.call('GET', path, { token })
  const { cases } = (await (await get('/api/cases')).json()) as { cases: { caseId: string }[] }
  const { volumes } = (await (await get(`/api/cases/${cases[0]?.caseId}`)).json()) as {
    volumes: { volumeId: string; dims: [number, number, number] }[]
  }
  const [volume] = volumes
  if (!volume) throw new Error('the demo case has no volume')
  const [ni, nj, nk] = volume.dims.map((n) => Math.ceil(n / 64)) as [number, number, number]
  const keys: string[] = []
  for (let k = 0; k < nk; k++) {
    for (let j = 0; j < nj; j++) for (let i = 0; i < ni; i++) keys.push(`0/c/${k}/${j}/${i}`)
  }
  const startMs = performance.now()
  let bytes = 0
  const fetcher = async () => {
    for (let key = keys.pop(); key; key = keys.pop()) {
      const response = await get(`/api/volumes/${volume.volumeId}/zarr/${key}`)
      const body = await response.arrayBuffer()
      if (response.ok) bytes += body.byteLength
    }
  }
  await Promise.all(Array.from({ length: 8 }, fetcher))
  return { ms: performance.now() - startMs, bytes }
}

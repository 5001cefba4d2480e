import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../test/support/open-browser.ts'
import { type Caseroom, startCaseroom } from '../../test/support/start-caseroom.ts'
import { testData } from '../../test/support/test-data.ts'
import type { BenchResult } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import { spread } from '../statistics.ts'
import { table } from '../table.ts'
import { streamFigures } from './stream-figures.ts'
import { importFolder, readTree } from './volume-tree.ts'

const rounds = 3

interface Opening {
  /** From the press of "join" to the first picture of the volume. */
  readonly firstImageMs: number
  readonly firstImageBytes: number
  /** To the finest level that this page loads. */
  readonly finestMs: number
  readonly finestBytes: number
}

/**
 * What a guest waits for and pays for: the demo CT over HTTP, beside its finest level alone; then a
 * CT and an MR over slow lines, in a page that does nothing else.
 */
export async function run(): Promise<BenchResult> {
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
    const ct = await readTree(caseroom, await demoCase(caseroom))
    const folder = testData('dicom', 'mr-t1-sagittal-studyforrest')
    const mr = await readTree(caseroom, await importFolder(caseroom, folder))
    await browser.close()
    const alone = await streamFigures(ct, mr)
    return {
      text: [inWords(openings, whole), alone.text].join('\n\n'),
      budgets: [budgetOf(openings), ...alone.budgets],
    }
  } finally {
    await browser.close()
    await caseroom.remove()
  }
}

const budgetOf = (openings: readonly Opening[]) =>
  judgeFigures({
    what: 'first image, from the press of “join”',
    values: openings.map(({ firstImageMs }) => firstImageMs),
    unit: 'ms',
    digits: 0,
    limit: { atMost: 2_000 },
    why: 'something true is on the screen before anybody asks whether it works',
  })

function inWords(openings: readonly Opening[], whole: readonly { ms: number; bytes: number }[]) {
  const row = (what: string, bytes: number[], times: number[]) => [
    what,
    spread(
      bytes.map((count) => count / 1000),
      0,
    ),
    spread(times, 0),
  ]
  return [
    `the demo CT (512×512×135), ${rounds} interleaved rounds, loopback`,
    table(
      ['what', 'kB of voxels', 'ms'],
      [
        row(
          'first image',
          openings.map((o) => o.firstImageBytes),
          openings.map((o) => o.firstImageMs),
        ),
        row(
          'finest level',
          openings.map((o) => o.finestBytes),
          openings.map((o) => o.finestMs),
        ),
        row(
          'peer: the finest level fetched whole',
          whole.map((w) => w.bytes),
          whole.map((w) => w.ms),
        ),
      ],
    ),
  ].join('\n\n')
}

async function open(browser: Browser, link: string): Promise<Opening> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  const page = await context.newPage()
  const sizes: Promise<{ level: string; bytes: number }>[] = []
  context.on('requestfinished', (request) => {
    const [, path] = request.url().split('/zarr/')
    if (path === undefined) return
    const level = /^(\d+)\/c\//.exec(path)?.[1] ?? 'metadata'
    sizes.push(request.sizes().then(({ responseBodySize }) => ({ level, bytes: responseBodySize })))
  })
  await page.goto(link)
  await page.getByTestId('join-name').fill('Bench')
  const startMs = await page.evaluate(() => performance.now())
  await page.getByTestId('join').click()
  const firstImageMs = (await whenStatusSays(page, '\\d×\\d+×\\d')) - startMs
  const finestMs = (await whenStatusSays(page, 'sharp( |$)|drawing finer')) - startMs
  const received = await Promise.all(sizes)
  const coarsest = received.filter(({ level }) => level !== 'metadata')[0]?.level
  const sum = (of: typeof received) => of.reduce((bytes, one) => bytes + one.bytes, 0)
  await context.close()
  return {
    firstImageMs,
    firstImageBytes: sum(received.filter(({ level }) => ['metadata', coarsest].includes(level))),
    finestMs,
    finestBytes: sum(received),
  }
}

/** The page's own clock when its status line first reads so. */
async function whenStatusSays(page: Page, pattern: string): Promise<number> {
  const told = await page.waitForFunction(
    (words) => {
      const status = document.querySelector('[data-testid=status]')?.textContent ?? ''
      return new RegExp(words).test(status) && performance.now()
    },
    pattern,
    { timeout: 120_000 },
  )
  return Number(await told.jsonValue())
}

async function demoCase(caseroom: Caseroom): Promise<string> {
  const answer = await caseroom.call('GET', '/api/cases', { token: caseroom.token('clinician') })
  const { cases } = (await answer.json()) as { cases: { caseId: string }[] }
  const [demo] = cases
  if (!demo) throw new Error('the library has no demo case')
  return demo.caseId
}

/** Every chunk of level 0, eight at a time, as a viewer without levels would. */
async function fetchFinestLevel(caseroom: Caseroom): Promise<{ ms: number; bytes: number }> {
  const token = caseroom.token('clinician')
  const get = (path: string) => caseroom.call('GET', path, { token })
  const caseId = await demoCase(caseroom)
  const { volumes } = (await (await get(`/api/cases/${caseId}`)).json()) as {
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

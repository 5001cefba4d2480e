import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { manifestOf } from './pages/segments/segment-phantoms.ts'
import type { PanelBench } from './pages/segments-panel/panel-page.tsx'
import { openVolumePage, type VolumePage } from './pages/volume/open-volume-page.ts'
import { obliqueDims, obliqueFromVoxel } from './pages/volume/phantoms.ts'
import { violations } from './ui-page.ts'

declare global {
  interface Window {
    panel: PanelBench
  }
}

const volume = (volumeId: string, names: readonly string[], frame = '2.25.1'): VolumeManifest => {
  const segments = names.map((name): { name: string; colour: [number, number, number] } => ({
    name,
    colour: [217, 130, 101],
  }))
  const made = manifestOf(obliqueDims, obliqueFromVoxel, segments)
  return {
    ...made,
    volumeId,
    label: `series ${volumeId}`,
    frameOfReferenceUID: frame,
    labels: (made.labels ?? []).map((label) => ({
      ...label,
      algorithmType: 'MANUAL',
      volumeMm3: 6129,
    })),
  }
}
const ct = volume('v1', ['Tumour', 'Liver'])
const pet = volume('v2', ['Hot spot'])
const elsewhere = volume('v3', ['Kidney'], '2.25.9')

let bench: VolumePage
beforeAll(async () => {
  const here = dirname(fileURLToPath(import.meta.url))
  bench = await openVolumePage({ pageFolder: join(here, 'pages', 'segments-panel') })
  bench.page.setDefaultTimeout(10_000)
  await bench.page.setViewportSize({ width: 360, height: 700 })
})
afterAll(() => bench?.close())

const open = (volumes: readonly VolumeManifest[], leads = true) =>
  bench.page.evaluate(([v, l]) => window.panel.open(v, l), [volumes, leads] as const)
const commands = () => bench.page.evaluate(() => window.panel.commands)
const row = (name: string) => bench.page.getByTestId('segment').filter({ hasText: name })
const eye = (name: string) => row(name).getByTestId('segment-eye')

describe('[CASE-8] the list of segments', () => {
  beforeEach(() => open([ct, pet, elsewhere]))

  it('names those of the shown volume’s space, what made them, and how large they are', async () => {
    await row('Tumour').waitFor()
    expect(await bench.page.getByTestId('segment').count()).toBe(3)
    const tumour = (await row('Tumour').textContent()) ?? ''
    expect(tumour).toContain('Segmentation, by hand · 6.13 ml')
    expect(await bench.page.getByText('Drawn on series v2').count()).toBe(1)
    expect(await row('Kidney').count()).toBe(0)
    expect(await violations(bench.page)).toEqual([])
  })

  it('shows and hides one, by mouse and by key, for everybody', async () => {
    await eye('Tumour').click()
    await row('Tumour').getByTestId('segment-opacity').waitFor()
    expect(await commands()).toEqual([
      {
        type: 'setSegments',
        segments: [{ volumeId: 'v1', labelId: '1', visible: true, opacity: 1 }],
      },
    ])
    expect(await violations(bench.page)).toEqual([])
    await eye('Tumour').press('Enter')
    await row('Tumour').getByTestId('segment-opacity').waitFor({ state: 'detached' })
  })

  it('sets the opacity once the slider is let go, and shows it here meanwhile', async () => {
    await eye('Liver').click()
    const thumb = row('Liver').getByTestId('segment-opacity')
    const box = (await thumb.boundingBox())!
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await bench.page.mouse.move(x, y)
    await bench.page.mouse.down()
    await bench.page.mouse.move(x - 120, y, { steps: 5 })
    const drafts = await bench.page.evaluate(() => window.panel.drafts)
    expect(drafts.length).toBeGreaterThan(1)
    expect(drafts.at(-1)?.segment?.opacity).toBeLessThan(0.8)
    expect((await commands()).length).toBe(1)
    await bench.page.mouse.up()
    await bench.page.waitForFunction(() => window.panel.commands.length === 2)
    expect((await commands())[1]).toEqual({
      type: 'setSegments',
      segments: [drafts.at(-1)?.segment],
    })
    await bench.page.waitForFunction(() => window.panel.drafts.at(-1) === undefined)
  })

  it('shows all, hides all, and moves several apart', async () => {
    await bench.page.getByTestId('segments-show-all').click()
    await row('Hot spot').getByTestId('segment-opacity').waitFor()
    expect(await bench.page.getByTestId('segment-opacity').count()).toBe(3)
    await bench.page.getByRole('slider', { name: 'Moved apart' }).press('ArrowRight')
    await bench.page.getByText('planes and box do not cut them').waitFor()
    expect((await commands()).at(-1)).toEqual({ type: 'setExplode', explode: 0.05 })
    expect(await bench.page.getByTestId('explode-value').textContent()).toBe('5 %')
    await bench.page.getByTestId('segments-hide-all').click()
    await row('Hot spot').getByTestId('segment-opacity').waitFor({ state: 'detached' })
    expect(await bench.page.getByTestId('segments-hide-all').isDisabled()).toBe(true)
  })

  it('says how far each has come on this page', async () => {
    await bench.page.getByTestId('segments-show-all').click()
    await bench.page.evaluate(() =>
      window.panel.came([
        ['v1/1', { state: 'loading' }],
        ['v1/2', { state: 'empty' }],
        ['v2/1', { state: 'failed', message: 'The server does not answer.' }],
      ]),
    )
    await row('Tumour').getByText('Loading…').waitFor()
    await row('Liver').getByText('nothing to draw').waitFor()
    await row('Hot spot').getByText('The server does not answer. Hide and show it').waitFor()
    expect(await violations(bench.page)).toEqual([])
  })
})

it('[CASE-8] who does not lead reads the list and changes nothing', async () => {
  await open([ct], false)
  await row('Tumour').waitFor()
  expect(await eye('Tumour').isDisabled()).toBe(true)
  expect(await bench.page.getByTestId('segments-show-all').count()).toBe(0)
  expect(await violations(bench.page)).toEqual([])
})

it('[CASE-8] a volume without segments says so', async () => {
  await open([volume('v1', [])])
  await bench.page.getByText('This volume has no segments.').waitFor()
})

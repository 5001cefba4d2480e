import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CaseDetails } from '../../shared/case/case.ts'
import { invert, transform, transformPoint, type Vec3 } from '../../shared/geometry/transform.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { openBrowser } from '../support/open-browser.ts'
import { type OpenedConference, openConference } from '../support/open-conference.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { type StoredVoxels, storedVoxels } from '../support/stored-voxels.ts'
import { until } from '../support/until.ts'
import { stateOf } from './conference-person.ts'
import { desk, type Faults, join, openPage, phone, violations } from './ui-page.ts'

let caseroom: Caseroom
let browser: Browser
let conference: OpenedConference
let leader: Page
let resident: Page
let handheld: Page
let volume: VolumeManifest
let stored: StoredVoxels
const faults: Faults[] = []

async function come(role: keyof OpenedConference['links'], name: string, options = desk) {
  const { page, faults: found } = await openPage(browser, conference.links[role], options)
  page.setDefaultTimeout(30_000)
  faults.push(found)
  await join(page, name)
  return page
}

beforeAll(async () => {
  caseroom = await startCaseroom({ env: { DEMO_CASE: 'on' } })
  browser = await openBrowser()
  await caseroom.opened()
  const token = caseroom.token('clinician')
  const read = async <T>(path: string) =>
    (await (await caseroom.call('GET', path, { token })).json()) as T
  const { cases } = await read<{ cases: { caseId: string }[] }>('/api/cases')
  const { volumes } = await read<CaseDetails>(`/api/cases/${cases[0]?.caseId}`)
  volume = volumes[0]!
  stored = await storedVoxels(`${caseroom.url}/api/volumes/${volume.volumeId}/zarr/0`, {
    authorization: `Bearer ${token}`,
  })
  conference = await openConference(caseroom)
  leader = await come('attending', 'Dr Ada Okafor')
  await leader.getByTestId('participants').getByText('you · attending · leads').waitFor()
  resident = await come('resident', 'Jonas Lindqvist')
  await sharp(leader, 'axial')
  await sharp(resident, 'axial')
})
afterAll(async () => {
  await browser?.close()
  await caseroom?.remove()
})

type Kind = 'axial' | 'coronal' | 'sagittal' | 'oblique'
const pane = (page: Page, kind: Kind) => page.getByTestId(`pane-${kind}`)
const section = (page: Page, kind: Kind) => page.locator(`.slice-pane[data-pane=${kind}]`)
const placeOf = async (page: Page, kind: Kind) =>
  (await page.getByTestId(`place-${kind}`).textContent()) ?? ''
const sharp = (page: Page, kind: Kind) =>
  section(page, kind).and(page.locator('[data-state=sharp]')).waitFor({ timeout: 60_000 })
const slicingOf = async () => {
  const state = await stateOf(caseroom, conference.conferenceId)
  return (state as unknown as { slicing: Slicing }).slicing
}
interface Slicing {
  readonly crosshairMm: number[]
  readonly slabMm: number
  readonly projection: string
  readonly obliqueRotation: number[]
}

/** Millimetres along the axis that a pane's place names: positive to the left, back and head. */
const mmOf = (place: string) => {
  const [letter, mm] = place.split(' ')
  return ('LPH'.includes(letter ?? '') ? 1 : -1) * Number(mm)
}

/** Trilinear, of the stored voxels: the sum that a radiologist would do by hand. */
function valueAt(pointMm: Vec3): number | undefined {
  const at = transformPoint(invert(transform<'patient', 'voxel'>(volume.patientFromVoxel)), pointMm)
  const low = at.map(Math.floor)
  let sum = 0
  for (let corner = 0; corner < 8; corner++) {
    const index = low.map((n, axis) => n + ((corner >> axis) & 1))
    if (index.some((n, axis) => n < 0 || n >= volume.dims[axis as 0])) return undefined
    const weight = low.reduce((product, n, axis) => {
      const part = at[axis as 0] - n
      return product * ((corner >> axis) & 1 ? part : 1 - part)
    }, 1)
    const [i = 0, j = 0, k = 0] = index
    sum += weight * (stored[(k * volume.dims[1] + j) * volume.dims[0] + i] ?? 0)
  }
  return sum
}

/** What a pane reads out at a place of it, and the grey that it paints there. */
async function readAt(page: Page, kind: Kind, x: number, y: number) {
  const canvas = pane(page, kind)
  const box = (await canvas.boundingBox())!
  const readout = section(page, kind).getByTestId('slice-readout')
  const before = (await readout.count()) > 0 ? await readout.textContent() : ''
  await page.mouse.move(Math.round(box.x + x), Math.round(box.y + y))
  const words = await until('another readout', async () => {
    const now = await readout.textContent()
    return now !== before && now
  })
  const offset = [Math.round(box.x + x) - box.x, Math.round(box.y + y) - box.y]
  const grey = await canvas.evaluate((element, [left = 0, top = 0]) => {
    const { width, clientWidth } = element as HTMLCanvasElement
    const context = (element as HTMLCanvasElement).getContext('2d')
    const scale = width / clientWidth
    return context?.getImageData(Math.floor(left * scale), Math.floor(top * scale), 1, 1).data[0]
  }, offset)
  const [, value, r, x0, p, y0, h, z0] =
    words.match(/^(\S+)(?: HU)? {2}· {2}([LR]) (\S+) {2}([PA]) (\S+) {2}([HF]) (\S+) mm$/) ?? []
  const signed = (letter = '', mm = '') => ('LPH'.includes(letter) ? 1 : -1) * Number(mm)
  const pointMm: Vec3 = [signed(r, x0), signed(p, y0), signed(h, z0)]
  return { value: Number(value?.replace('−', '-')), pointMm, grey: grey ?? -1 }
}

describe('what the panes show', () => {
  it('[CASE-5] each has the patient’s letters on the sides that a clinician expects', async () => {
    const sides = async (kind: Kind) =>
      (await pane(leader, kind).getAttribute('aria-label'))
        ?.match(/(\w+) is on the left, (\w+) on the right, (\w+) at the top, (\w+) at the bottom/)
        ?.slice(1)
        .join()
    expect(await sides('axial')).toBe('R,L,A,P')
    expect(await sides('coronal')).toBe('R,L,H,F')
    expect(await sides('sagittal')).toBe('A,P,H,F')
    expect(await sides('oblique')).toBe('R,L,A,P')
  })

  it.each([
    ['axial', 0],
    ['coronal', 0],
    ['sagittal', 1],
  ] as const)(
    '[CASE-5] %s: what is read and painted at a place is what is stored there',
    async (kind, across) => {
      await sharp(leader, kind)
      const { width, height } = (await pane(leader, kind).boundingBox())!
      const { windowCenter, windowWidth } = (await stateOf(caseroom, conference.conferenceId))
        .window
      const { patientFromVoxel, dims } = volume
      const middle = transformPoint(transform<'patient', 'voxel'>(patientFromVoxel), [
        (dims[0] - 1) / 2,
        (dims[1] - 1) / 2,
        (dims[2] - 1) / 2,
      ])
      const greyOf = (hu: number) =>
        Math.min(255, Math.max(0, (255 * (hu - windowCenter + windowWidth / 2)) / windowWidth))
      const found = { read: 0, painted: 0, mirrored: 0, all: 0 }
      for (const [fx, fy] of [
        [0.36, 0.42],
        [0.42, 0.45],
        [0.58, 0.42],
        [0.63, 0.46],
        [0.44, 0.55],
        [0.56, 0.57],
        [0.38, 0.53],
        [0.61, 0.54],
        [0.46, 0.4],
        [0.54, 0.61],
      ] as const) {
        const { value, pointMm, grey } = await readAt(leader, kind, fx * width, fy * height)
        const truth = valueAt(pointMm)
        if (truth === undefined) continue
        const there = [...pointMm] as [number, number, number]
        there[across] = 2 * middle[across] - there[across]
        found.all++
        if (Math.abs(value - truth) < 25) found.read++
        if (Math.abs(grey - greyOf(truth)) < 40) found.painted++
        if (Math.abs(grey - greyOf(valueAt(there) ?? -1000)) < 40) found.mirrored++
      }
      expect(found.all).toBe(10)
      // a tenth of a millimetre, which words leave out, is much at an edge
      expect(found.read).toBeGreaterThanOrEqual(8)
      expect(found.painted).toBeGreaterThanOrEqual(8)
      expect(found.mirrored).toBeLessThan(found.painted)
    },
  )
})

describe('slices are linked', () => {
  it('[CASE-5] a press of the leader moves every plane, on the others’ pages too', async () => {
    const box = (await pane(leader, 'axial').boundingBox())!
    await leader.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.55)
    const { crosshairMm } = await until('the crosshair', async () => {
      const slicing = await slicingOf()
      return slicing.crosshairMm.length === 3 && slicing
    })
    const [x = 0, y = 0] = crosshairMm
    for (const page of [leader, resident]) {
      await until(
        'sagittal',
        async () => Math.abs(mmOf(await placeOf(page, 'sagittal')) - x) < 0.06,
      )
      await until('coronal', async () => Math.abs(mmOf(await placeOf(page, 'coronal')) - y) < 0.06)
    }
  })

  it('[CASE-5] a wheel’s notch and a key go on by one slice of the volume', async () => {
    const before = mmOf(await placeOf(leader, 'axial'))
    await pane(leader, 'axial').hover()
    await leader.mouse.wheel(0, 100)
    const after = await until('another slice', async () => {
      const now = mmOf(await placeOf(leader, 'axial'))
      return now !== before && now
    })
    // towards the feet, onto the middle of a slice 3.27 mm thick
    expect(before - after).toBeGreaterThan(0)
    expect(before - after).toBeLessThan(3.4)
    const reads = section(leader, 'axial').getByTestId('slice-readout')
    const letterAndMm = await placeOf(leader, 'axial')
    await until('what is under the pointer now', async () =>
      (await reads.textContent())?.endsWith(letterAndMm),
    )
    await pane(leader, 'axial').focus()
    await leader.keyboard.press('PageDown')
    await until(
      'the next',
      async () => Math.abs(after - mmOf(await placeOf(leader, 'axial')) - 3.27) < 0.11,
    )
    const words = await placeOf(leader, 'axial')
    await until('the resident follows', async () => (await placeOf(resident, 'axial')) === words)
  })

  it('[CASE-5] who scrolls without leading goes on alone, and comes back by one press', async () => {
    const shared = await placeOf(leader, 'axial')
    const before = await slicingOf()
    await pane(resident, 'axial').focus()
    await resident.keyboard.press('PageUp')
    await until('their own', async () => (await placeOf(resident, 'axial')) !== shared)
    const back = resident.getByRole('button', { name: 'back to Dr Ada Okafor’s' })
    await back.waitFor()
    expect(await placeOf(leader, 'axial')).toBe(shared)
    expect(await slicingOf()).toEqual(before)
    await back.click()
    await until('back', async () => (await placeOf(resident, 'axial')) === shared)
    await pane(resident, 'coronal').focus()
    await resident.keyboard.press('ArrowDown')
    await back.waitFor()
    await resident.keyboard.press('j')
    await back.waitFor({ state: 'detached' })
    expect(await placeOf(resident, 'axial')).toBe(shared)
  })

  it('[CASE-5] a slab and the oblique plane’s angles are typed, and are everybody’s', async () => {
    await leader.getByTestId('slab').click()
    await leader.getByTestId('slab-mm').fill('10')
    await leader.keyboard.press('Enter')
    await leader.getByRole('radio', { name: 'MIP', exact: true }).click()
    await leader.getByTestId('oblique-tilt').fill('30')
    await leader.keyboard.press('Enter')
    await leader.keyboard.press('Escape')
    await section(resident, 'axial').getByText('10 mm MIP').waitFor()
    const { slabMm, projection, obliqueRotation } = await until('all of it', async () => {
      const slicing = await slicingOf()
      return (slicing.obliqueRotation[0] ?? 0) > 0 && slicing
    })
    expect({ slabMm, projection }).toEqual({ slabMm: 10, projection: 'mip' })
    expect(obliqueRotation[0]).toBeCloseTo(Math.sin(Math.PI / 12), 6)
    await until('its letters', async () =>
      /AF at the top, PH at the bottom/.test(
        (await pane(resident, 'oblique').getAttribute('aria-label')) ?? '',
      ),
    )
  })

  it('[CASE-5] the oblique plane turns where its line is dragged by an end', async () => {
    const before = (await slicingOf()).obliqueRotation
    const canvas = pane(leader, 'sagittal')
    const box = (await canvas.boundingBox())!
    // the hand finds the handle as a person does: the cursor says so
    const ring = Array.from({ length: 72 }, (_, n) => (n * Math.PI) / 36)
    const out = 0.36 * Math.min(box.width, box.height)
    const { crosshairMm } = await slicingOf()
    const middle = await placeIn(leader, 'sagittal', crosshairMm as unknown as Vec3)
    let held: { x: number; y: number } | undefined
    for (const turn of ring) {
      const at = { x: middle.x + out * Math.cos(turn), y: middle.y + out * Math.sin(turn) }
      await leader.mouse.move(at.x, at.y)
      if ((await canvas.evaluate((element) => element.style.cursor)) === 'grab') {
        held = at
        break
      }
    }
    expect(held).toBeDefined()
    await leader.mouse.down()
    await leader.mouse.move(held!.x, held!.y - 40, { steps: 4 })
    await leader.mouse.up()
    await until(
      'another turn',
      async () => `${(await slicingOf()).obliqueRotation}` !== `${before}`,
    )
  })
})

/** Where a point of the patient stands on a pane, CSS pixels of the page, by two readouts of it. */
async function placeIn(page: Page, kind: Kind, pointMm: Vec3) {
  const box = (await pane(page, kind).boundingBox())!
  const [a, b] = [
    await readAt(page, kind, 0.3 * box.width, 0.3 * box.height),
    await readAt(page, kind, 0.7 * box.width, 0.7 * box.height),
  ]
  const [across, down] = kind === 'sagittal' ? ([1, 2] as const) : ([0, 1] as const)
  const along = (axis: 0 | 1 | 2, px: number, fromPx: number) => {
    const perMm = (0.4 * px) / (b.pointMm[axis] - a.pointMm[axis])
    return fromPx + (pointMm[axis] - a.pointMm[axis]) * perMm
  }
  return {
    x: box.x + along(across, box.width, 0.3 * box.width),
    y: box.y + along(down, box.height, 0.3 * box.height),
  }
}

describe('looking closer', () => {
  it('[CASE-3] a right drag sets everybody’s window, and only whoever leads may', async () => {
    const before = (await stateOf(caseroom, conference.conferenceId)).window
    const box = (await pane(leader, 'axial').boundingBox())!
    const [x, y] = [box.x + box.width / 3, box.y + box.height / 3]
    await leader.mouse.move(x, y)
    await leader.mouse.down({ button: 'right' })
    await leader.mouse.move(x + 30, y + 15, { steps: 3 })
    await leader
      .locator('.slice-dragged')
      .getByText(/^\S+ \/ \S+ HU$/)
      .waitFor()
    await leader.mouse.up({ button: 'right' })
    const after = await until('a wider window', async () => {
      const { window } = await stateOf(caseroom, conference.conferenceId)
      return window.windowWidth > before.windowWidth && window
    })
    expect(after.windowCenter).toBeGreaterThan(before.windowCenter)
    const other = (await pane(resident, 'axial').boundingBox())!
    await resident.mouse.move(other.x + 90, other.y + 90)
    await resident.mouse.down({ button: 'right' })
    await resident.mouse.up({ button: 'right' })
    await resident.getByText('Only the person who leads can change the window.').waitFor()
    expect((await stateOf(caseroom, conference.conferenceId)).window).toEqual(after)
  })

  it('[CASE-5] zoom is one’s own, and R shows the whole again', async () => {
    const whole = leader.getByRole('button', { name: 'Show the whole coronal slice' })
    await pane(leader, 'coronal').hover()
    await leader.keyboard.down('Control')
    await leader.mouse.wheel(0, -400)
    await leader.keyboard.up('Control')
    await whole.waitFor()
    await pane(leader, 'coronal').focus()
    await leader.keyboard.press('r')
    await whole.waitFor({ state: 'detached' })
  })

  it('[CASE-5] a double press fills the stage and moves nothing, Space puts all back', async () => {
    const before = await slicingOf()
    await pane(leader, 'sagittal').dblclick({ position: { x: 60, y: 90 } })
    await until('one pane', async () => (await leader.locator('.slice-pane').count()) === 1)
    expect((await pane(leader, 'sagittal').boundingBox())!.width).toBeGreaterThan(900)
    await until(
      'where it was',
      async () => `${(await slicingOf()).crosshairMm}` === `${before.crosshairMm}`,
    )
    await leader.keyboard.press(' ')
    await until('all four', async () => (await leader.locator('.slice-pane').count()) === 4)
    await pane(leader, 'coronal').focus()
    await leader.keyboard.press('f')
    await until('one pane', async () => (await leader.locator('.slice-pane').count()) === 1)
    await leader.keyboard.press('f')
    await until('all four', async () => (await leader.locator('.slice-pane').count()) === 4)
  })

  it('[CASE-5] one key goes to the slices and back, and this browser keeps the choice', async () => {
    const shown = () => leader.locator('.stage').getAttribute('data-layout')
    expect(await shown()).toBe('both')
    await leader.keyboard.press('x')
    expect(await shown()).toBe('slices')
    expect(await leader.getByTestId('volume').isVisible()).toBe(false)
    await leader.getByTestId('status').getByText('out of sight').waitFor()
    await leader.keyboard.press('x')
    expect(await shown()).toBe('volume')
    await leader.getByTestId('status').getByText('out of sight').waitFor({ state: 'detached' })
    expect(await leader.locator('.slice-pane').count()).toBe(0)
    expect(await leader.evaluate(() => localStorage.getItem('caseroom.layout'))).toBe('volume')
    await leader.getByRole('radio', { name: '3D + slices' }).click()
    await sharp(leader, 'axial')
  })

  it('[MARK-4] what is measured on a slice is seen on it by the others', async () => {
    await leader.getByTestId('slab').click()
    await leader.getByTestId('slab-mm').fill('0')
    await leader.keyboard.press('Enter')
    await leader.keyboard.press('Escape')
    const painted = () =>
      pane(resident, 'axial').evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement
        const context = (element as HTMLCanvasElement).getContext('2d')
        const { data = [] } = context?.getImageData(0, 0, width, height) ?? {}
        let coloured = 0
        for (let n = 0; n < data.length; n += 4) {
          const [r = 0, g = 0, b = 0] = [data[n], data[n + 1], data[n + 2]]
          // the leader's own hue: none of the planes' lines is as far from grey
          if (Math.max(r, g, b) - Math.min(r, g, b) > 120) coloured++
        }
        return coloured
      })
    const before = await painted()
    await leader.getByRole('button', { name: 'Length' }).click()
    const box = (await pane(leader, 'axial').boundingBox())!
    await leader.mouse.move(box.x + 70, box.y + 100)
    await leader.mouse.down()
    await leader.mouse.move(box.x + 150, box.y + 130, { steps: 4 })
    await leader.mouse.up()
    await until('a length', async () => {
      const { annotations } = await stateOf(caseroom, conference.conferenceId)
      return Object.values(annotations).some(({ kind }) => kind === 'length')
    })
    await until('its line and words', async () => (await painted()) > before + 60)
    await leader.keyboard.press('v')
  })
})

describe('a slice that cannot be loaded', () => {
  const said = (page: Page) => page.getByTestId('slice-failure-axial')

  it('[CASE-5] says so and why, with a coarse slice or none, and comes by a press', async () => {
    const { page, faults: found } = await openPage(browser, conference.links.observer, desk)
    faults.push(found)
    // a chunk of the finest level that is gone: it is air in no picture
    await page.route(/\/zarr\/0\/c\//, (route) => route.fulfill({ status: 404, body: '' }))
    await join(page, 'Olga Observes')
    await said(page).getByText('This slice stays coarse.').waitFor({ timeout: 60_000 })
    expect(await said(page).textContent()).toMatch(
      'A part of this volume is missing on the server.',
    )
    expect(await section(page, 'axial').getAttribute('data-state')).toBe('failed')
    expect(await violations(page)).toEqual([])
    await page.unroute(/\/zarr\/0\/c\//)
    await said(page).getByRole('button', { name: 'Try again' }).click()
    await sharp(page, 'axial')
    expect(await said(page).count()).toBe(0)
    await page.context().close()
  })

  it('[CASE-5] comes by itself once the network is back', async () => {
    const { page } = await openPage(browser, conference.links.observer, desk)
    await page.route(/\/zarr\/\d\/c\//, (route) => route.fulfill({ status: 404, body: '' }))
    await join(page, 'Olga Observes')
    await said(page).getByText('This slice could not be loaded.').waitFor({ timeout: 60_000 })
    await page.unroute(/\/zarr\/\d\/c\//)
    await page.context().setOffline(true)
    await page.context().setOffline(false)
    await sharp(page, 'axial')
    await page.context().close()
  })
})

describe('the words of a pane', () => {
  /** Where something other than the picture is painted or written, CSS pixels of the pane. */
  const overlaps = (page: Page) =>
    page.locator('.slice-pane').evaluateAll((panes) =>
      panes.flatMap((one) => {
        const pane = one.getBoundingClientRect()
        const middle = pane.left + pane.width / 2
        // as in client/slices/paint-words.ts: 13 px letters, three at most
        const top = pane.top + 12
        const letter = { left: middle - 16, right: middle + 16, top: top - 8, bottom: top + 8 }
        return [...one.querySelectorAll('.slice-place > *, .slice-state')]
          .map((words) => {
            const range = document.createRange()
            range.selectNodeContents(words)
            return { text: words.textContent ?? '', box: range.getBoundingClientRect() }
          })
          .filter(
            ({ text, box }) =>
              text !== '' &&
              ((box.left < letter.right &&
                box.right > letter.left &&
                box.top < letter.bottom &&
                box.bottom > letter.top) ||
                box.right > pane.right),
          )
          .map(({ text }) => `${one.getAttribute('data-pane')}, ${pane.width} px: ${text}`)
      }),
    )

  it.each([
    [1024, 640],
    [1440, 900],
    [900, 600],
  ])(
    '[CASE-5] never meet the letter of its top side on a desk of %d × %d',
    async (width, height) => {
      await leader.setViewportSize({ width, height })
      await leader.getByRole('radio', { name: '3D + slices' }).click()
      await sharp(leader, 'sagittal')
      expect(await overlaps(leader)).toEqual([])
      await leader.getByTestId('slab').click()
      await leader.getByTestId('slab-mm').fill('25.5')
      await leader.keyboard.press('Enter')
      await leader.keyboard.press('Escape')
      await section(leader, 'sagittal').getByText('25.5 mm').waitFor()
      expect(await overlaps(leader)).toEqual([])
      await leader.getByTestId('slab').click()
      await leader.getByTestId('slab-mm').fill('0')
      await leader.keyboard.press('Enter')
      await leader.keyboard.press('Escape')
      await section(leader, 'sagittal').getByText('25.5 mm').waitFor({ state: 'detached' })
      await leader.setViewportSize({ width: 1440, height: 900 })
    },
  )
})

describe('every page', () => {
  it('breaks no rule of accessibility on a desk, with slices beside the volume or alone', async () => {
    expect(await violations(leader)).toEqual([])
    await leader.keyboard.press('x')
    expect(await violations(leader)).toEqual([])
    await leader.getByRole('radio', { name: '3D + slices' }).click()
  })

  it('[CASE-5] a phone shows one pane at a time, chosen by tabs', async () => {
    handheld = await come('observer', 'Olga Observes', phone)
    expect(await handheld.locator('.slice-pane').count()).toBe(0)
    await handheld.getByTestId('tab-pane-coronal').tap()
    await sharp(handheld, 'coronal')
    expect(await handheld.locator('.slice-pane').count()).toBe(1)
    expect(await placeOf(handheld, 'coronal')).toBe(await placeOf(leader, 'coronal'))
    expect(await violations(handheld)).toEqual([])
    const small = await handheld
      .locator('.station button, .station [role=radio]')
      .evaluateAll((all) =>
        all
          .filter((element) => element.getBoundingClientRect().height < 44)
          .map((e) => e.outerHTML),
      )
    expect(small).toEqual([])
    const overflow = await handheld.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    )
    expect(overflow).toBeLessThanOrEqual(0)
    await handheld.getByTestId('tab-pane-volume').tap()
    expect(await handheld.getByTestId('volume').isVisible()).toBe(true)
  })

  it('asks nobody else and throws nothing', () => {
    expect(faults.flat()).toEqual([])
  })
})

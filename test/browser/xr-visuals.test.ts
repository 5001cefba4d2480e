import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ParticipantView } from '../../client/conference/conference-view.ts'
import { keyboardPage } from '../../client/xr/panel/keyboard-page.ts'
import { backId, closeId, menuPage } from '../../client/xr/panel/panel-menu-page.ts'
import { multiply, type Quaternion, rotate, turnAbout } from '../../shared/geometry/quaternion.ts'
import type { Vec3 } from '../../shared/geometry/transform.ts'
import { add, normalize, subtract } from '../../shared/geometry/vector.ts'
import type { PoseSample, WorldPose } from '../../shared/protocol/pose-sample.ts'
import { until } from '../support/until.ts'
import { Pixels } from './pages/volume/open-volume-page.ts'
import { openXrVisuals, type XrVisualsPage } from './pages/xr-visuals/open-xr-visuals.ts'
import type { SaidHand, SaidItem } from './pages/xr-visuals/xr-visuals-page.ts'

/** Pictures to be looked at, beside whatever is measured on them. */
const pictures = process.env.PICTURES_DIR ?? join(tmpdir(), 'caseroom-xr-visuals')

let visuals: XrVisualsPage
beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  visuals = await openXrVisuals()
  await visuals.page.evaluate(() => document.fonts.load('600 20px "Inter Variable"'))
})
afterAll(() => visuals?.close())
afterEach(async () => {
  await visuals.page.evaluate(() => window.visuals.clear())
  expect(visuals.complaints).toEqual([])
})

const size = 520
const fovDegrees = 26
const pixelsPerDegree = (Math.PI / 180 / (2 * Math.tan((fovDegrees * Math.PI) / 360))) * size
const standing: WorldPose = { position: [0, 1.6, 0], rotation: [0, 0, 0, 1] }

const look = (head: WorldPose = standing, view = { size, fovDegrees }) =>
  visuals.page.evaluate(([h, v]) => window.visuals.look(h, v), [head, view] as const)
const frame = (afterMs?: number) => visuals.page.evaluate((ms) => window.visuals.frame(ms), afterMs)
const settle = () => visuals.page.evaluate(() => window.visuals.settle())
const hands = (said: SaidHand[]) =>
  visuals.page.evaluate((each) => window.visuals.hands(each), said)
const keep = (name: string) =>
  visuals.page.locator('canvas').screenshot({ path: join(pictures, `${name}.png`) })

const turn = (yaw: number, pitch = 0): Quaternion =>
  multiply(turnAbout([0, 1, 0], yaw), turnAbout([1, 0, 0], pitch))

type Wanted = (r: number, g: number, b: number) => boolean
const bright: Wanted = (r, g, b) => Math.min(r, g, b) > 150

const picture = async () => new Pixels(await visuals.page.evaluate(() => window.visuals.picture()))

/** The box and count of the pixels of a kind. */
async function find(wanted: Wanted) {
  const seen = await picture()
  const box = { left: seen.width, right: -1, top: seen.height, bottom: -1, count: 0 }
  for (let y = 0; y < seen.height; y++) {
    for (let x = 0; x < seen.width; x++) {
      if (!wanted(...seen.at(x, y))) continue
      box.left = Math.min(box.left, x)
      box.right = Math.max(box.right, x)
      box.top = Math.min(box.top, y)
      box.bottom = Math.max(box.bottom, y)
      box.count++
    }
  }
  return { ...box, height: box.bottom - box.top + 1, width: box.right - box.left + 1 }
}

const person = (n: number, more: Partial<ParticipantView> = {}): ParticipantView => ({
  participantId: `p${n}`,
  displayName: `Person ${n}`,
  initials: `P${n % 10}`,
  role: 'resident',
  poseIndex: n,
  colour: '#4cc2ff',
  away: false,
  handRaised: false,
  presents: false,
  isMe: false,
  muted: false,
  microphone: 'open',
  speaking: false,
  voiceProducerId: '',
  viewProducerId: '',
  needsView: false,
  ...more,
})
const people = (shown: ParticipantView[], samples: [number, PoseSample][]) =>
  visuals.page.evaluate(([who, what]) => window.visuals.people(who, what), [
    shown,
    samples,
  ] as const)
const withHead = (position: Vec3, rotation = turn(Math.PI)): PoseSample => ({
  head: { position, rotation },
})

describe('words in the room', () => {
  for (const [kind, degrees] of [
    ['orientation', 1.2],
    ['mark', 1],
    ['name', 1],
  ] as const) {
    for (const awayM of [0.6, 3]) {
      it(`[XR-1] capitals of ${kind} are ${degrees}° high, ${awayM} m away`, async () => {
        await look()
        await visuals.page.evaluate(
          ([k, z]) =>
            window.visuals.label('one', {
              text: 'H',
              kind: k,
              colour: '#331111',
              world: [0, 1.6, z],
            }),
          [kind, -awayM] as const,
        )
        await settle()
        const { height, count } = await find(bright)
        expect(count).toBeGreaterThan(20)
        expect(height / pixelsPerDegree).toBeGreaterThan(degrees * 0.93)
        expect(height / pixelsPerDegree).toBeLessThan(degrees * 1.12)
      })
    }
  }

  it('stand upright and the right way round, from wherever they are looked at', async () => {
    for (const [name, head] of Object.entries({
      before: standing,
      behind: { position: [0, 1.6, -4] as Vec3, rotation: turn(Math.PI) },
      above: { position: [1.2, 2.4, -0.9] as Vec3, rotation: turn(0.824, -0.45) },
    })) {
      await look(head)
      await visuals.page.evaluate(() =>
        window.visuals.label('one', { text: 'L', kind: 'orientation', world: [0, 1.6, -2] }),
      )
      await settle()
      const letter = await find(bright)
      expect(letter.count, name).toBeGreaterThan(20)
      // an L has its stem at the left and its foot at the bottom: the other corner is empty
      const seen = await picture()
      const [left, bottom] = [letter.left + 2, letter.bottom - 2]
      const at = (x: number, y: number) => seen.at(Math.round(x), Math.round(y))[0]
      expect(at(left, letter.top + letter.height / 3), `${name}: the stem`).toBeGreaterThan(90)
      expect(at(letter.right - 3, bottom), `${name}: the foot`).toBeGreaterThan(90)
      expect(at(letter.right - 3, letter.top + 3), `${name}: nothing`).toBeLessThan(60)
    }
  })

  it('[MARK-1] a mark is read through what is before it; an orientation letter is hidden', async () => {
    const words = (kind: 'mark' | 'orientation') =>
      visuals.page.evaluate((k) => {
        window.visuals.clear()
        window.visuals.look(
          { position: [0, 1.6, 0], rotation: [0, 0, 0, 1] },
          { size: 360, fovDegrees: 40 },
        )
        window.visuals.box([0, 1.6, -1], 0.3, '#402020')
        window.visuals.label('one', { text: 'HH', kind: k, world: [0, 1.6, -1.4] })
      }, kind)
    await words('mark')
    await settle()
    expect((await find(bright)).count).toBeGreaterThan(50)
    await words('orientation')
    await settle()
    expect((await find(bright)).count).toBe(0)
  })

  it('far letters are dim, and erased ones are gone', async () => {
    await look()
    const letter = (opacity: number) =>
      visuals.page.evaluate(
        (o) =>
          window.visuals.label('one', {
            text: 'H',
            kind: 'orientation',
            world: [0, 1.6, -1],
            opacity: o,
          }),
        opacity,
      )
    await letter(1)
    await settle()
    const whole = await find(bright)
    await letter(0.45)
    await frame()
    expect((await find(bright)).count).toBe(0)
    expect((await find((r) => r > 80)).count).toBeGreaterThan(whole.count / 2)
    await visuals.page.evaluate(() => window.visuals.unlabel('one'))
    await frame()
    expect((await find((r) => r > 80)).count).toBe(0)
  })

  it('[XR-7] "Not for diagnosis" is in the picture wherever one looks, below what one looks at', async () => {
    await visuals.page.evaluate(() => window.visuals.notForDiagnosis())
    for (const rotation of [turn(0), turn(1.9, 0.7), turn(-2.6, -1.2), turn(0.4, 1.5)]) {
      await look({ position: [0.4, 1.3, 2], rotation }, { size: 800, fovDegrees: 60 })
      await settle()
      const quiet = await find((r) => r > 80)
      expect(quiet.count).toBeGreaterThan(150)
      expect(quiet.top).toBeGreaterThan(800 * 0.7)
      expect(quiet.bottom).toBeLessThan(800 * 0.9)
      expect((quiet.left + quiet.right) / 2 / 800).toBeCloseTo(0.5, 1)
    }
  })

  it('a notice stays three seconds, low in view, and comes along', async () => {
    await look(standing, { size, fovDegrees: 70 })
    await visuals.page.evaluate(() =>
      window.visuals.notice('Dr Okafor leads. You can point and mark; ask to be handed the lead.'),
    )
    await frame()
    await settle()
    const first = await find(bright)
    expect(first.count).toBeGreaterThan(300)
    expect(first.top).toBeGreaterThan(size * 0.7)
    await keep('notice')
    await look({ ...standing, rotation: turn(0.5) }, { size, fovDegrees: 70 })
    await frame(16)
    const moved = await find(bright)
    expect(moved.left).toBeGreaterThan(first.left + 20)
    await frame(1500)
    const back = await find(bright)
    expect(Math.abs(back.left - first.left)).toBeLessThan(12)
    await frame(1600)
    expect((await find(bright)).count).toBe(0)
  })

  it("a tool's name stands beside its hand for two seconds", async () => {
    await look(standing, { size, fovDegrees: 70 })
    await hands([{ side: 'right', grip: { position: [0.05, 1.4, -0.5], rotation: turn(0) } }])
    await visuals.page.evaluate(() => window.visuals.toolName('Laser'))
    await frame()
    await settle()
    const name = await find(bright)
    expect(name.count).toBeGreaterThan(30)
    expect(name.left).toBeGreaterThan(size / 2)
    await frame(2001)
    expect((await find(bright)).count).toBe(0)
  })
})

describe('the others', () => {
  it('[XR-1] thirty people with hands and names cost fewer than a hundred draws', async () => {
    await look({ position: [0, 1.7, 4], rotation: turn(0) }, { size: 400, fovDegrees: 80 })
    const crowd = Array.from({ length: 30 }, (_, n) => person(n, { speaking: n % 3 === 0 }))
    const at = (n: number): Vec3 => [(n % 6) - 2.5, 1.5, -Math.floor(n / 6)]
    const bare = { curls: [0.1, 0.2, 0.3, 0.4, 0.5] as const }
    await people(
      crowd,
      crowd.map((_, n) => {
        const hand = { position: add(at(n), [0.2, -0.4, 0.3]), rotation: turn(0.4) }
        return [n, { ...withHead(at(n)), left: hand, right: { ...hand, ...bare } }]
      }),
    )
    await frame(100)
    await settle()
    const { draws } = await frame(0)
    expect(draws).toBeGreaterThan(30)
    expect(draws).toBeLessThan(50)
    await keep('thirty')
  })

  it('[XR-1] nobody sees their own head, nor that of who is away', async () => {
    await look()
    const samples: [number, PoseSample][] = [0, 1, 2].map((n) => [n, withHead([n - 1, 1.6, -2])])
    await people([person(0, { isMe: true }), person(1), person(2, { away: true })], samples)
    await frame(100)
    expect(await visuals.page.evaluate(() => window.visuals.heads())).toEqual([
      ['p1', [0, 1.6, -2]],
    ])
  })

  it('[XR-1] a head moves between its samples, then rests and wants no more frames', async () => {
    await look()
    const headX = async () =>
      (await visuals.page.evaluate(() => window.visuals.heads()))[0]?.[1][0] ?? Number.NaN
    const him = person(1)
    await people([him], [[1, withHead([0, 1.6, -2])]])
    await frame(40)
    await people([him], [[1, withHead([0.1, 1.6, -2])]])
    expect((await frame(50)).moves).toBe(true)
    expect(await headX()).toBeCloseTo(0.05, 6)
    expect((await frame(30)).moves).toBe(true)
    expect(await headX()).toBeCloseTo(0.1, 9)
    expect((await frame(16)).moves).toBe(false)
    await people([him], [])
    expect((await frame(16)).moves).toBe(true)
    expect(await visuals.page.evaluate(() => window.visuals.heads())).toEqual([])
    expect((await frame(16)).moves).toBe(false)
  })

  it('[XR-1] who speaks has a ring of their colour; without it there is none', async () => {
    await look()
    const blue: Wanted = (r, g, b) => b > 90 && b > r + 40 && g > r
    const shown = async (speaking: boolean) => {
      await people([person(1, { speaking })], [[1, withHead([0, 1.6, -2])]])
      await frame(100)
      await settle()
      return find(blue)
    }
    const quiet = await shown(false)
    expect(quiet.count).toBeGreaterThan(800)
    const loud = await shown(true)
    expect(loud.width).toBeGreaterThan(quiet.width * 1.5)
    await keep('speaking')
  })

  it('[XR-1] which way a head looks is seen: its dark visor is on that side', async () => {
    await look()
    const visorAt = async (yaw: number) => {
      await people([person(1, { initials: '' })], [[1, withHead([0, 1.6, -2], turn(yaw))]])
      await frame(100)
      await settle()
      const skull = await find((r, g, b) => b > 60 && b > r + 30 && g > r)
      return (skull.left + skull.right) / 2 - size / 2
    }
    // the coloured part lies on the other side of where the visor is
    expect(await visorAt(Math.PI / 2)).toBeGreaterThan(5)
    expect(await visorAt(-Math.PI / 2)).toBeLessThan(-5)
  })

  it('[XR-1] an eye within a head looks through it; one that is half a metre away does not', async () => {
    const coloured: Wanted = (r, _g, b) => b > 40 && b > r + 20
    const seenFrom = async (awayM: number) => {
      await look({ position: [0, 1.6, awayM], rotation: turn(0) })
      await people([person(1)], [[1, withHead([0, 1.6, -0.05])]])
      await frame(100)
      await settle()
      return (await find(coloured)).count
    }
    expect(await seenFrom(0.05)).toBe(0)
    const half = await seenFrom(0.17)
    const whole = await seenFrom(0.4)
    expect(half).toBeGreaterThan(0)
    expect(whole).toBeGreaterThan(size * size * 0.1)
  })

  it('[XR-1] a presenter is named so, and so is who speaks', async () => {
    await look({ position: [0, 1.6, 0], rotation: turn(0) }, { size, fovDegrees: 70 })
    const okafor = person(1, {
      displayName: 'Dr Okafor',
      initials: 'AO',
      presents: true,
      speaking: true,
    })
    const chidi = person(2, { displayName: 'Chidi', initials: 'CH', colour: '#f2b84b' })
    const sample = (
      position: Vec3,
      yaw: number,
      curls?: readonly [number, number, number, number, number],
    ) => {
      const grip = multiply(turn(yaw), turnAbout([1, 0, 0], 0.9))
      const hand = (x: number) => ({
        position: add(position, rotate(turn(yaw), [x, -0.35, -0.35])),
        rotation: grip,
        ...(curls && { curls }),
      })
      return { ...withHead(position, turn(yaw)), left: hand(-0.2), right: hand(0.2) }
    }
    await people(
      [okafor, chidi],
      [
        [1, sample([-0.4, 1.65, -1.1], 2.8)],
        [2, sample([0.35, 1.6, -1.1], 3.5, [0.6, 0, 0.9, 0.9, 0.9])],
      ],
    )
    await frame(100)
    await settle()
    const names = await visuals.page.evaluate(() => window.visuals.drawn())
    expect(names.filter((name) => name.startsWith('label name'))).toHaveLength(2)
    await keep('two-people')
  })

  it('leaves nothing behind', async () => {
    const before = await visuals.page.evaluate(() => window.visuals.clear())
    await visuals.page.evaluate(() => {
      window.visuals.room()
      window.visuals.notForDiagnosis()
      window.visuals.notice('Here')
      window.visuals.toolName('Laser')
      window.visuals.keyboard()
      window.visuals.menu('Caseroom', [{ id: 'a', label: 'A' }])
    })
    await people([person(1, { speaking: true })], [[1, withHead([0, 1.6, -2])]])
    await look()
    await hands([{ side: 'left', grip: { position: [-0.1, 1.3, -0.4], rotation: turn(0, 0.8) } }])
    await frame(100)
    await settle()
    expect(await visuals.page.evaluate(() => window.visuals.drawn().length)).toBeGreaterThan(8)
    expect(await visuals.page.evaluate(() => window.visuals.clear())).toEqual(before)
  })
})

const menuItems: SaidItem[] = [
  {
    id: 'tools',
    label: 'Tools',
    detail: 'Laser',
    children: [
      { id: 'laser', label: 'Laser', pressed: true },
      { id: 'arrow', label: 'Arrow' },
    ],
  },
  { id: 'window', label: 'Window', detail: '40 / 400 HU' },
  { id: 'planes', label: 'Planes', detail: 'None' },
  { id: 'people', label: 'People', detail: '4 here' },
  { id: 'life-size', label: 'Life size', detail: 'Now 1.4 ×' },
  { id: 'microphone', label: 'Microphone', detail: 'Open', pressed: true },
  { id: 'undo', label: 'Undo my mark', detail: 'None yet', disabled: true },
  { id: 'leave', label: 'Leave' },
]
const leftGrip = { position: [-0.12, 1.28, -0.38] as Vec3, rotation: turn(0, 0.8) }
const eyes: WorldPose = { position: [0, 1.6, 0], rotation: turn(0.25, -0.4) }

/** Where a cell of the level that is shown lies in the room. */
async function cellPlace(
  cellId: string,
  items: SaidItem[],
  options = { sub: false, canClose: false },
) {
  const at = await visuals.page.evaluate(() => window.visuals.menuAt())
  if (!at?.visible) throw new Error('the menu is not there')
  // only which of them lead further is of no matter to where they are
  const flat = items.map(({ children: _, ...item }) => item)
  const page = menuPage({ title: '', items: flat, leaf: 0, ...options })
  const cell = page.cells.find(({ id }) => id === cellId)
  if (!cell) throw new Error(`no cell ${cellId}`)
  const x = (cell.xMm + cell.widthMm / 2 - page.widthMm / 2) / 1000
  const y = (page.heightMm / 2 - cell.yMm - cell.heightMm / 2) / 1000
  const place = (beforeM: number) =>
    add(at.pose.position, rotate(at.pose.rotation, [x, y, beforeM]))
  return place
}

const rayTo = (target: Vec3): SaidHand => {
  const origin: Vec3 = [0.2, 1.25, -0.3]
  const direction = normalize(subtract(target, origin))
  return {
    side: 'right',
    grip: { position: origin, rotation: turn(0) },
    ray: { origin, direction },
  }
}
const wearing: SaidHand = { side: 'left', grip: leftGrip }
const resting: SaidHand = { side: 'right' }

describe('the menu on the wrist', () => {
  const openMenu = async () => {
    await look(eyes, { size, fovDegrees: 60 })
    await visuals.page.evaluate((items) => window.visuals.menu('Caseroom', items), menuItems)
    await hands([wearing, resting])
    await frame()
    await frame()
  }
  const log = () => visuals.page.evaluate(() => [...window.visuals.log])

  it('[XR-2] a ray takes its hand, and a release over the same item chooses once', async () => {
    await openMenu()
    const place = await cellPlace('window', menuItems)
    const pointing = rayTo(place(0))
    await hands([wearing, pointing])
    expect((await frame()).taken).toEqual(['right'])
    await hands([wearing, { ...pointing, trigger: true }])
    expect((await frame()).taken).toEqual(['right'])
    expect(await log()).toEqual([])
    await settle()
    await keep('menu')
    await hands([wearing, pointing])
    await frame()
    await frame()
    expect(await log()).toEqual(['pulse right', 'window'])
  })

  it('[XR-2] a press that slides off chooses nothing, and one that began elsewhere is not taken', async () => {
    await openMenu()
    const [there, beside] = [
      rayTo((await cellPlace('window', menuItems))(0)),
      rayTo([0.5, 1.2, -2]),
    ]
    await hands([wearing, there])
    await frame()
    await hands([wearing, { ...there, trigger: true }])
    await frame()
    await hands([wearing, { ...beside, trigger: true }])
    expect((await frame()).taken).toEqual(['right'])
    await hands([wearing, beside])
    await frame()
    expect(await log()).toEqual([])
    await hands([wearing, { ...beside, trigger: true }])
    await frame()
    await hands([wearing, { ...there, trigger: true }])
    expect((await frame()).taken).toEqual([])
    await hands([wearing, there])
    await frame()
    expect(await log()).toEqual([])
  })

  it('[XR-2] what is disabled is not chosen', async () => {
    await openMenu()
    const pointing = rayTo((await cellPlace('undo', menuItems))(0))
    for (const trigger of [false, true, false]) {
      await hands([wearing, { ...pointing, trigger }])
      expect((await frame()).taken).toEqual(['right'])
    }
    expect(await log()).toEqual([])
  })

  it('[XR-2] an index finger pokes into a lower level and back', async () => {
    await openMenu()
    const poke = async (place: (beforeM: number) => Vec3) => {
      for (const beforeM of [0.08, 0.03, 0.01, -0.004, 0.03, 0.08]) {
        const joints = new Array<number>(200).fill(0)
        joints.splice(72, 3, ...place(beforeM))
        await hands([
          wearing,
          {
            side: 'right',
            kind: 'hand',
            grip: { position: place(0.2), rotation: turn(0) },
            joints,
          },
        ])
        await frame()
      }
    }
    await poke(await cellPlace('tools', menuItems))
    const tools = menuItems[0]?.children ?? []
    await poke(await cellPlace('arrow', tools, { sub: true, canClose: false }))
    await poke(await cellPlace(backId, tools, { sub: true, canClose: false }))
    await poke(await cellPlace('leave', menuItems))
    expect((await log()).filter((word) => !word.startsWith('pulse'))).toEqual(['arrow', 'leave'])
  })

  it('[XR-2] goes when the wrist turns away, and the hand that wears it never presses it', async () => {
    await openMenu()
    const place = await cellPlace('leave', menuItems)
    const own = { ...rayTo(place(0)), side: 'left' as const, grip: leftGrip }
    for (const trigger of [false, true, false]) {
      await hands([{ ...own, trigger }, resting])
      expect((await frame()).taken).toEqual([])
    }
    expect(await log()).toEqual([])
    await hands([{ side: 'left', grip: { ...leftGrip, rotation: turn(0, -2) } }, resting])
    await frame()
    expect(await visuals.page.evaluate(() => window.visuals.menuAt()?.visible)).toBe(false)
  })

  it('[XR-2] who has one hand only gets it before them, keeps it, and closes it', async () => {
    await look(eyes, { size, fovDegrees: 60 })
    await visuals.page.evaluate((items) => window.visuals.menu('Caseroom', items), menuItems)
    const aside = rayTo([0.5, 1.2, -2])
    const visible = () => visuals.page.evaluate(() => window.visuals.menuAt()?.visible)
    await hands([aside])
    await frame()
    expect(await visible()).toBe(false)
    await hands([{ ...aside, upper: true }])
    await frame()
    await frame(600)
    expect(await visible()).toBe(true)
    await hands([aside])
    await frame(2000)
    expect(await visible()).toBe(true)
    const floating = { sub: false, canClose: true }
    const leave = rayTo((await cellPlace('leave', menuItems, floating))(0))
    const close = rayTo((await cellPlace(closeId, menuItems, floating))(0))
    for (const pointing of [leave, close]) {
      for (const trigger of [false, true, false]) {
        await hands([{ ...pointing, trigger }])
        await frame()
      }
    }
    expect((await log()).filter((word) => !word.startsWith('pulse'))).toEqual(['leave'])
    expect(await visible()).toBe(false)
  })

  it('[XR-2] gaze and pinch: it floats, a pinch chooses, and its end is the release', async () => {
    await look(eyes, { size, fovDegrees: 60 })
    await visuals.page.evaluate((items) => window.visuals.menu('Caseroom', items), menuItems)
    const aside: SaidHand = { ...rayTo([2, 2, -1]), kind: 'gaze', trigger: true }
    await hands([aside])
    await frame()
    await hands([])
    await frame()
    const place = await cellPlace('leave', menuItems, { sub: false, canClose: true })
    const gaze: SaidHand = { ...rayTo(place(0)), kind: 'gaze', trigger: true }
    await hands([gaze])
    await frame()
    await hands([])
    await frame()
    await frame()
    expect(await log()).toEqual(['leave'])
  })
})

describe('the keyboard', () => {
  it('[MARK-1] words are written with rays and answered, within reach and below the eyes', async () => {
    await look(eyes, { size, fovDegrees: 60 })
    await visuals.page.evaluate(() => window.visuals.keyboard())
    await frame()
    await settle()
    await keep('keyboard')
    const lit = await find(bright)
    expect(lit.count).toBeGreaterThan(300)
    expect(lit.left).toBeGreaterThan(0)
    expect(lit.right).toBeLessThan(size - 1)
    const pose = await visuals.page.evaluate(() => window.visuals.keyboardAt())
    if (!pose) throw new Error('there is no keyboard')
    expect(eyes.position[1] - pose.position[1]).toBeCloseTo(0.25, 2)
    const page = keyboardPage('')
    for (const id of ['text x', 'delete', 'text c', 'text y', 'text Here', 'enter']) {
      const cell = page.cells.find((each) => each.id === id)
      if (!cell) throw new Error(`no key ${id}`)
      const x = (cell.xMm + cell.widthMm / 2 - page.widthMm / 2) / 1000
      const y = (page.heightMm / 2 - cell.yMm - cell.heightMm / 2) / 1000
      const pointing = rayTo(add(pose.position, rotate(pose.rotation, [x, y, 0])))
      for (const trigger of [false, true, false]) {
        await hands([{ ...pointing, trigger }])
        expect((await frame()).taken).toEqual(['right'])
      }
    }
    expect(await visuals.page.evaluate(() => window.visuals.answer)).toBe('Cy Here')
    await hands([rayTo(pose.position)])
    expect((await frame()).taken).toEqual([])
  })
})

describe('own hands', () => {
  it('[XR-2] the models of a controller and a hand come from here, under the strict policy', async () => {
    await look({ position: [0, 1.6, 0], rotation: turn(0, -0.5) }, { size, fovDegrees: 60 })
    await visuals.page.evaluate(() => window.visuals.models())
    const joints = restingHand([-0.13, 1.33, -0.35])
    await hands([
      {
        side: 'left',
        kind: 'hand',
        grip: { position: [-0.13, 1.33, -0.4], rotation: turn(0) },
        joints,
      },
      { side: 'right', grip: { position: [0.13, 1.33, -0.35], rotation: turn(0, 0.7) } },
    ])
    const drawn = await until('both models', async () => {
      await frame()
      const names = await visuals.page.evaluate(() => window.visuals.drawn())
      return names.includes('controller_mesh') && names.includes('l_handMeshNode') && names
    })
    expect(drawn).not.toContain('own right controller')
    await settle()
    await keep('models')
    const seen = await find((r, g, b) => r > 60 && g > 60 && b > 60)
    expect(seen.count).toBeGreaterThan(size * 10)
    expect(seen.left).toBeLessThan(size / 2)
    expect(seen.right).toBeGreaterThan(size / 2)
  })

  it('[XR-2] a controller that nobody knows is a simple shape', async () => {
    await look({ position: [0, 1.6, 0], rotation: turn(0, -0.5) }, { size, fovDegrees: 60 })
    await visuals.page.evaluate(() => window.visuals.models())
    const grip = { position: [0.05, 1.33, -0.4] as Vec3, rotation: turn(0, 0.7) }
    await hands([{ side: 'right', profiles: ['nobody-knows'], grip }])
    await frame()
    await settle()
    expect(await visuals.page.evaluate(() => window.visuals.drawn())).toEqual([
      'own right controller',
    ])
    expect((await find((r) => r > 60)).count).toBeGreaterThan(size)
  })
})

/** A left hand before the wearer, its back up, fingers forward: world joints as WebXR gives them. */
function restingHand([x, y, z]: Vec3): number[] {
  const joints: number[] = [x, y, z, 0, 0, 0, 1, 0.02]
  for (const [n, count] of [4, 5, 5, 5, 5].entries()) {
    // of a left hand the thumb is at the right
    const across = 0.03 - 0.015 * n
    for (let bone = 0; bone < count; bone++) {
      const out = [0.02, 0.055, 0.09, 0.115, 0.135][bone] ?? 0
      joints.push(x + across * (0.6 + out * 8), y, z - out, 0, 0, 0, 1, 0.008)
    }
  }
  return joints
}

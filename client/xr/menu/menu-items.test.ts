import { afterEach, beforeEach, expect, it } from 'vitest'
import { heldSpace } from '../../../test/support/held-space.ts'
import type { ParticipantView } from '../../conference/conference-view.ts'
import type { MediaSession } from '../../media/media-session.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import type { MenuItem } from '../panel/menu-item.ts'
import { mostItems } from '../panel/panel-menu-page.ts'
import type { RoomSlices } from '../slices/room-slices.ts'
import { menuItems } from './menu-items.ts'

let held: ReturnType<typeof heldSpace>
let tool: ToolId = 'turn'
let left = 0
let shownSlices: string[] = []

beforeEach(() => {
  held = heldSpace()
  tool = 'turn'
  left = 0
  shownSlices = []
})
afterEach(() => held.dispose())

const person = (n: number): ParticipantView => ({
  participantId: `p${n}`,
  displayName: `Person ${n}`,
  initials: `P${n}`,
  role: 'resident',
  poseIndex: n,
  colour: '#56b4e9',
  away: false,
  handRaised: false,
  presents: false,
  isMe: n === 0,
  muted: false,
  microphone: 'none',
  speaking: false,
  voiceProducerId: '',
  viewProducerId: '',
  needsView: false,
})

const labels = [{ labelId: '1', name: 'Tumour', colour: [255, 0, 0] }]

function menu(people: number) {
  const { space } = held
  const { session } = space
  const view = { ...session.getSnapshot(), participants: [] as ParticipantView[] }
  view.participants = Array.from({ length: people }, (_, n) => person(n))
  const host = {
    ...space,
    session: {
      ...session,
      canUndo: false,
      canRedo: false,
      getSnapshot: () => ({ ...session.getSnapshot(), participants: view.participants }),
    },
    volumes: [{ volumeId: '', modality: 'CT', unit: 'HU', labels }],
    tool: () => tool,
    setTool: (chosen: ToolId) => {
      tool = chosen
    },
  } as unknown as ImmersionHost
  const media = {
    getSnapshot: () => ({ microphone: { state: 'closed' }, sharing: false }),
  } as unknown as MediaSession
  const wearer = {
    seated: false,
    recentre: () => undefined,
    toggleSeated: () => undefined,
    turn: () => undefined,
    goThere: () => undefined,
  }
  const slicing = { slabMm: 0, projection: 'average', obliqueRotation: [0, 0, 0, 1] }
  const slices = {
    kind: undefined,
    atItsPlace: false,
    station: { getNow: () => ({ slicing, own: false }) },
    show: (kind: string) => shownSlices.push(kind),
  } as unknown as RoomSlices
  return menuItems({ host, media, wearer, slices, leave: () => left++ })
}

function at(items: readonly MenuItem[], ...path: string[]): MenuItem {
  const [label, ...rest] = path
  const item = items.find((one) => one.label === label)
  if (!item) throw new Error(`no ${label} among ${items.map((one) => one.label)}`)
  return rest.length > 0 ? at(item.children?.() ?? [], ...rest) : item
}

it('[XR-2] every item leads on or does something, and can be told from its neighbours', () => {
  let levels = 0
  const walk = (items: readonly MenuItem[]) => {
    levels++
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    for (const item of items) {
      expect(Boolean(item.run)).toBe(!item.children)
      if (item.children) walk(item.children())
    }
  }
  walk(menu(40))
  expect(levels).toBeGreaterThan(40)
})

it('[XR-2] a level has at most eight items, but for lists of what there is', () => {
  const lists = ['People', 'Planes', 'Window', 'Preset', 'Prior', 'Segments']
  const walk = (items: readonly MenuItem[], title: string) => {
    if (!lists.includes(title)) expect(items.length, title).toBeLessThanOrEqual(mostItems)
    for (const { children, label } of items) if (children) walk(children(), label)
  }
  walk(menu(3), '')
})

it('[XR-2] what is chosen is what is asked for', () => {
  const items = menu(3)
  const look = (...path: string[]) => at(menu(3), 'Look', ...path).run?.()
  look('Preset', 'Bone')
  look('Window', 'Lung')
  look('Window', 'Wider')
  look('Mode', 'MIP')
  look('Planes', 'Sagittal')
  look('Planes', 'Flip')
  look('Crop box')
  look('Segments', 'Tumour')
  look('Segments', 'Hide all')
  at(items, 'Place', 'Life size').run?.()
  at(items, 'People', 'Mute all').run?.()
  at(items, 'People', 'Person 1', 'Hand over').run?.()
  expect(held.asked).toMatchObject([
    { type: 'setPreset', presetId: 'ct-bone' },
    { type: 'setWindow', windowCenter: -600, windowWidth: 1500 },
    { type: 'setWindow', windowCenter: -600, windowWidth: 1560 },
    { type: 'setRenderMode', renderMode: 'mip' },
    { type: 'setClippingPlane', planeId: 'plane-1', normal: [1, 0, 0], enabled: true },
    { type: 'setClippingPlane', planeId: 'plane-1', normal: [-1, 0, 0], enabled: true },
    { type: 'setCropBox', enabled: true },
    { type: 'setSegments', segments: [{ labelId: '1', visible: true, opacity: 1 }] },
    { type: 'setSegments', segments: [{ labelId: '1', visible: false }] },
    { type: 'setVolumePose', scale: 1 },
    { type: 'setMuted', muted: true },
    { type: 'handPresenter', participantId: 'p1' },
  ])
  at(items, 'Tools', 'Laser').run?.()
  expect(tool).toBe('laser')
  at(items, 'Tools', 'Measure', 'Length').run?.()
  expect(tool).toBe('length')
  at(items, 'Slices', 'Coronal').run?.()
  expect(shownSlices).toEqual(['coronal'])
  at(items, 'Leave').run?.()
  expect(left).toBe(1)
})

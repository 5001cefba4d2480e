import { afterEach, beforeEach, expect, it } from 'vitest'
import { heldSpace } from '../../../test/support/held-space.ts'
import type { ParticipantView } from '../../conference/conference-view.ts'
import type { MediaSession } from '../../media/media-session.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { ToolId } from '../../scene/tool-id.ts'
import type { MenuItem } from '../panel/menu-item.ts'
import { menuItems } from './menu-items.ts'

let held: ReturnType<typeof heldSpace>
let tool: ToolId = 'turn'
let left = 0

beforeEach(() => {
  held = heldSpace()
  tool = 'turn'
  left = 0
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
    volumes: [{ volumeId: '', modality: 'CT' }],
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
  return menuItems({ host, media, wearer, leave: () => left++ })
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

it('[XR-2] what is chosen is what is asked for', () => {
  const items = menu(3)
  at(items, 'Window', 'Bone').run?.()
  at(items, 'Window', 'Wider').run?.()
  at(items, 'Planes', 'Sagittal').run?.()
  at(items, 'Planes', 'Flip').run?.()
  at(items, 'Place', 'Life size').run?.()
  at(items, 'People', 'Mute all').run?.()
  at(items, 'People', 'Person 1', 'Hand over').run?.()
  expect(held.asked).toMatchObject([
    { type: 'setPreset', presetId: 'ct-bone' },
    { type: 'setWindow', windowCenter: 40, windowWidth: 416 },
    { type: 'setClippingPlane', planeId: 'plane-1', normal: [1, 0, 0], enabled: true },
    { type: 'setClippingPlane', planeId: 'plane-1', normal: [-1, 0, 0], enabled: true },
    { type: 'setVolumePose', scale: 1 },
    { type: 'setMuted', muted: true },
    { type: 'handPresenter', participantId: 'p1' },
  ])
  at(items, 'Tools', 'Laser').run?.()
  expect(tool).toBe('laser')
  at(items, 'Leave').run?.()
  expect(left).toBe(1)
})

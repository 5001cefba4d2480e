import { emptyView, viewOf } from '../../../client/conference/view-of.ts'
import type { MediaSession } from '../../../client/media/media-session.ts'
import type { ImmersionHost } from '../../../client/scene/immersion.ts'
import { menuItems } from '../../../client/xr/menu/menu-items.ts'
import type { MenuItem } from '../../../client/xr/panel/menu-item.ts'
import { menuPage, mostItems } from '../../../client/xr/panel/panel-menu-page.ts'
import type { RoomSlices } from '../../../client/xr/slices/room-slices.ts'
import { may } from '../../../shared/conference/permissions.ts'
import type { Role } from '../../../shared/conference/role.ts'
import type { Scene } from './effects.ts'

/** The middle of a cell, mm from the panel's top left, and the panel's size. */
export interface CellPlace {
  readonly xMm: number
  readonly yMm: number
  readonly widthMm: number
  readonly heightMm: number
}

/** The levels of the menu as its wearer has them now, by the very function that makes them. */
function itemsFor({ house, actorName }: Scene): readonly MenuItem[] {
  const { participantId, role, displayName } = house.person(actorName)
  const me = { participantId, role: role as Role, displayName }
  const view = viewOf(house.watcher.state, me, { state: 'connected' }, emptyView(me))
  const host = {
    session: {
      getSnapshot: () => view,
      may: (type: Parameters<typeof may>[0]) =>
        may(type, { role: me.role, presents: view.me.presents, owns: true }),
    },
    volumes: house.volumes,
    patient: { corners: [[0, 0, 0]] },
    shown: () => ({ pose: view.volumePose }),
    tool: () => 'turn',
  } as unknown as ImmersionHost
  const media = {
    getSnapshot: () => ({ microphone: { state: 'closed' }, sharing: false }),
  } as unknown as MediaSession
  const wearer = { seated: false } as never
  const slices = {
    kind: 'axial',
    atItsPlace: false,
    station: { getNow: () => ({ slicing: view.slicing, own: false }) },
  } as unknown as RoomSlices
  return menuItems({ host, media, wearer, slices, leave: () => undefined })
}

function isMeant({ id, label }: MenuItem, words: string): boolean {
  if (words === 'a prior') return id.startsWith('prior ')
  return label === (words === 'a person' ? 'Rea Resident' : words)
}

/** Where one has to press for a path of labels, as "People, a person, Mute": one place a level. */
export function placesOf(scene: Scene, path: readonly string[]): CellPlace[] {
  let items = itemsFor(scene)
  return path.flatMap((label, depth) => {
    const at = items.findIndex((item) => isMeant(item, label))
    const item = items[at]
    if (!item) throw new Error(`${label} is not among ${items.map((one) => one.label)}`)
    const leaf = leafOf(items, at)
    const level = { title: '', items, sub: depth > 0, canClose: false }
    const turns = Array.from({ length: leaf }, (_, n) => ({ ...level, leaf: n }))
    const places = turns.map((turned) => placeOf(menuPage(turned), ' more'))
    places.push(placeOf(menuPage({ ...level, leaf }), item.id))
    items = item.children?.() ?? items
    return places
  })
}

const leafOf = (items: readonly MenuItem[], at: number): number =>
  items.length > mostItems ? Math.floor(at / (mostItems - 1)) : 0

/** The back arrows from where an item was chosen up to the first level. */
export function backPlaces(scene: Scene, path: readonly string[]): CellPlace[] {
  const counts: number[] = []
  const level = path.slice(0, -1)
  let items = itemsFor(scene)
  for (const label of level) {
    items = items.find((item) => isMeant(item, label))?.children?.() ?? []
    counts.unshift(items.length)
  }
  const at = items.findIndex((item) => isMeant(item, path.at(-1) ?? ''))
  return counts.map((count, up) => {
    const leaf = up === 0 ? leafOf(items, at) : 0
    const stand = Array.from({ length: count }, (_, n) => ({ id: `${n}`, label: '' }))
    const page = menuPage({ title: '', items: stand, sub: true, canClose: false, leaf })
    return placeOf(page, ' back')
  })
}

function placeOf(page: ReturnType<typeof menuPage>, id: string): CellPlace {
  const cell = page.cells.find((one) => one.id === id)
  if (!cell) throw new Error(`no cell ${id}`)
  return {
    xMm: cell.xMm + cell.widthMm / 2,
    yMm: cell.yMm + cell.heightMm / 2,
    widthMm: page.widthMm,
    heightMm: page.heightMm,
  }
}

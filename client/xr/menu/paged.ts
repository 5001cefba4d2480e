import type { MenuItem } from '../menu-item.ts'

export const mostItems = 8

/** Levels of eight: the rest is behind the last. */
export function paged(items: readonly MenuItem[]): readonly MenuItem[] {
  if (items.length <= mostItems) return items
  const rest = items.slice(mostItems - 1)
  const more: MenuItem = { id: 'more', label: 'More', children: () => paged(rest) }
  return [...items.slice(0, mostItems - 1), more]
}

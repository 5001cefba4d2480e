/** At most so many of them, evenly from all. */
export function evenly<Item>(items: readonly Item[], most: number): Item[] {
  const every = Math.max(1, items.length / most)
  return items.filter((_, n) => Math.floor(n / every) !== Math.floor((n - 1) / every))
}

/** How windowed values become colours: greys, or PET's own (PS3.6 B.1 for hot iron). */
export type ColourMap = 'grey' | 'inverse-grey' | 'hot-iron'

/** Greys for what has structure; for PET its preset's. */
export function colourMapFor(modality: string, presetId: string): ColourMap {
  if (modality !== 'PT') return 'grey'
  return presetId === 'pt-hot-iron' ? 'hot-iron' : 'inverse-grey'
}

/** Finer than 8 bits, so that a colour's own steps are none of the table's. */
export const tableSize = 1024

/** Pixels as `ImageData` keeps them, read as 32-bit words of a little-endian machine: A, B, G, R. */
export type ColourTable = Uint32Array

const made = new Map<ColourMap, ColourTable>()

export function colourTable(map: ColourMap): ColourTable {
  const known = made.get(map)
  if (known) return known
  const table = new Uint32Array(tableSize)
  const bytes = new Uint8ClampedArray(table.buffer)
  for (let n = 0; n < tableSize; n++) {
    bytes.set([...colourAt(map, n / (tableSize - 1)), 255], 4 * n)
  }
  made.set(map, table)
  return table
}

function colourAt(map: ColourMap, share: number): readonly [number, number, number] {
  const level = 255 * share
  switch (map) {
    case 'grey':
      return [level, level, level]
    case 'inverse-grey':
      return [255 - level, 255 - level, 255 - level]
    case 'hot-iron':
      return [2 * level, 2 * level - 255, 4 * level - 765]
  }
}

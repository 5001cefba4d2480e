import type { ValueWindow } from '../../shared/volume/transfer-function.ts'
import { type ColourTable, tableSize } from './colour-map.ts'

/**
 * Values through a window into pixels (PS3.3 C.11.2.1.3.2, linear exact): the lower end of the
 * window and below is the table's first colour, the upper end and above its last; not-a-number is
 * left transparent.
 */
export function windowed(
  values: Float32Array,
  { windowCenter, windowWidth }: ValueWindow,
  table: ColourTable,
  pixels: Uint32Array,
): void {
  const last = tableSize - 1
  const perValue = last / Math.max(windowWidth, 1e-9)
  const shift = 0.5 * last - windowCenter * perValue + 0.5 // and to the nearest
  for (let n = 0; n < values.length; n++) {
    const at = (values[n] as number) * perValue + shift
    // not-a-number is neither
    if (at >= 0.5) pixels[n] = table[at < last ? at | 0 : last] as number
    else if (at < 0.5) pixels[n] = table[0] as number
    else pixels[n] = 0
  }
}

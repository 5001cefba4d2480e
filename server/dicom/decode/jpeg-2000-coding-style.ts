/** COD or COC (ISO 15444-1 A.6.1, A.6.2), as far as it says how much there is to decode. */
export interface CodingStyle {
  /** One for a component, which shares the image's. */
  readonly layers: number
  readonly levels: number
  /** One byte for each resolution, lowest first; absent where precincts are as large as can be. */
  readonly precincts: readonly number[] | undefined
}

const maxLevels = 32

/** `position` is the marker's. Undefined where it contradicts itself. */
export function readCodingStyle(
  view: DataView,
  position: number,
  ofComponent: boolean,
  components: number,
): CodingStyle | undefined {
  const length = view.getUint16(position + 2)
  const componentBytes = components < 257 ? 1 : 2
  // Scoc follows the component's number; in COD, order, layers and transform follow Scod.
  const style = position + 4 + (ofComponent ? componentBytes : 0)
  const parameters = style + (ofComponent ? 1 : 5)
  const fixedBytes = parameters + 5 - position - 2
  if (length < fixedBytes) return undefined
  const layers = ofComponent ? 1 : view.getUint16(style + 2)
  const levels = view.getUint8(parameters)
  const [width, height] = [view.getUint8(parameters + 1), view.getUint8(parameters + 2)]
  const isBlockSane = width <= 8 && height <= 8 && width + height <= 8
  if (levels > maxLevels || layers === 0 || !isBlockSane) return undefined
  if ((view.getUint8(style) & 1) === 0) return { layers, levels, precincts: undefined }
  if (length < fixedBytes + levels + 1) return undefined
  const precincts = Array.from({ length: levels + 1 }, (_, n) => view.getUint8(parameters + 5 + n))
  return { layers, levels, precincts }
}

/** At most so many in one component of one tile (B.6). */
export function countPrecincts(
  { levels, precincts }: CodingStyle,
  tile: { readonly columns: number; readonly rows: number },
): number {
  let count = 0
  for (let resolution = 0; resolution <= levels; resolution++) {
    const shrunk = 2 ** (levels - resolution)
    const exponents = precincts?.[resolution] ?? 0xff
    const across = Math.ceil(tile.columns / shrunk / 2 ** (exponents & 15)) + 1
    const down = Math.ceil(tile.rows / shrunk / 2 ** (exponents >> 4)) + 1
    count += across * down
  }
  return count
}

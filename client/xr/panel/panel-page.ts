/** Millimetres on the panel, from its top left, y down. */
export interface PanelBox {
  readonly xMm: number
  readonly yMm: number
  readonly widthMm: number
  readonly heightMm: number
}

export interface PanelCell extends PanelBox {
  readonly id: string
  readonly label: string
  /** A second, quieter line. */
  readonly detail?: string
  /** A stripe of this CSS colour. */
  readonly colour?: string
  readonly pressed?: boolean
  readonly disabled?: boolean
  readonly align: 'left' | 'middle'
}

/** Words that cannot be pressed: a title, or the field that is written in. */
export interface PanelHeading extends PanelBox {
  readonly text: string
  readonly kind: 'title' | 'field'
}

/** What a panel shows: everything but which cell is hovered or held down. */
export interface PanelPage {
  readonly widthMm: number
  readonly heightMm: number
  /** Size of the letters (the font's em). */
  readonly textMm: number
  readonly detailMm: number
  readonly heading: PanelHeading
  /** Quiet words of a line. */
  readonly note?: PanelBox & { readonly text: string }
  readonly cells: readonly PanelCell[]
}

export const inside = (box: PanelBox, xMm: number, yMm: number): boolean =>
  xMm >= box.xMm && yMm >= box.yMm && xMm < box.xMm + box.widthMm && yMm < box.yMm + box.heightMm

/** The cell there that can be pressed. */
export function cellAt(page: PanelPage, xMm: number, yMm: number): PanelCell | undefined {
  return page.cells.find((cell) => !cell.disabled && inside(cell, xMm, yMm))
}

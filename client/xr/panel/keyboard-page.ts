import type { PanelCell, PanelPage } from './panel-page.ts'

export const mostLetters = 280
/** Its middle is 25 cm below the eyes. */
export const keyboardPlace = { distanceM: 0.55, belowDegrees: 27, level: true } as const
export const readyWords = ['Here', 'Tumour?', 'Vessel', 'Compare'] as const

export type KeyStroke =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'delete' | 'enter' | 'cancel' }

const keyMm = { width: 25, height: 22 }
const gapMm = 3
const edgeMm = 7
const fieldMm = 22
const rows = ['1234567890', 'qwertyuiop', "asdfghjkl'", 'zxcvbnm,.?'] as const
const widthMm = 2 * edgeMm + 10 * keyMm.width + 9 * gapMm

/** Letters of 1.25° at 55 cm. */
export function keyboardPage(text: string): PanelPage {
  const stepMm = keyMm.height + gapMm
  const wordsY = edgeMm + fieldMm + gapMm
  const cells: PanelCell[] = spread(readyWords.map(wordKey), wordsY)
  for (const [row, letters] of rows.entries()) {
    cells.push(...spread([...letters].map(letterKey), wordsY + stepMm * (row + 1)))
  }
  const lastY = wordsY + stepMm * (rows.length + 1)
  cells.push(
    ...spread(
      [
        { id: 'cancel', label: 'Cancel', parts: 2 },
        { id: 'text  ', label: 'Space', parts: 4 },
        { id: 'delete', label: 'Delete', parts: 2, disabled: text === '' },
        { id: 'enter', label: 'Done', parts: 2, disabled: text.trim() === '' },
      ],
      lastY,
    ),
  )
  return {
    widthMm,
    heightMm: lastY + keyMm.height + edgeMm,
    textMm: 12,
    detailMm: 12,
    heading: {
      text: text || ' ',
      kind: 'field',
      xMm: edgeMm,
      yMm: edgeMm,
      widthMm: widthMm - 2 * edgeMm,
      heightMm: fieldMm,
    },
    cells,
  }
}

/** What a cell of the page stands for. */
export function strokeOf(cellId: string): KeyStroke | undefined {
  if (cellId === 'delete' || cellId === 'enter' || cellId === 'cancel') return { kind: cellId }
  return cellId.startsWith('text ') ? { kind: 'text', text: cellId.slice(5) } : undefined
}

/** Words stand apart from what is before them; a text begins with a capital. */
export function typed(before: string, added: string): string {
  const word = added.length > 1
  const space = word && before !== '' && !before.endsWith(' ') ? ' ' : ''
  const letters = before === '' ? added.toUpperCase().slice(0, 1) + added.slice(1) : added
  const after = before === '' && added === ' ' ? '' : `${before}${space}${letters}`
  return [...after].length > mostLetters ? before : after
}

interface Key {
  readonly id: string
  readonly label: string
  /** Of ten that fill a row. */
  readonly parts: number
  readonly disabled?: boolean
}

const wordKey = (word: string): Key => ({ id: `text ${word}`, label: word, parts: 2.5 })
const letterKey = (letter: string): Key => ({ id: `text ${letter}`, label: letter, parts: 1 })

function spread(keys: readonly Key[], yMm: number): PanelCell[] {
  const partMm = (widthMm - 2 * edgeMm + gapMm) / 10
  let before = 0
  return keys.map(({ id, label, parts, disabled }) => {
    const xMm = edgeMm + before * partMm
    before += parts
    return {
      id,
      label,
      ...(disabled && { disabled }),
      align: 'middle',
      xMm,
      yMm,
      widthMm: parts * partMm - gapMm,
      heightMm: keyMm.height,
    }
  })
}

import { describe, expect, it } from 'vitest'
import { keyboardPage, mostLetters, readyWords, strokeOf, typed } from './keyboard-page.ts'

const strokes = keyboardPage('x').cells.map(({ id }) => strokeOf(id))

describe('[MARK-1] a keyboard for the words of a mark', () => {
  it('has every letter, every digit, the ready words, and nothing twice', () => {
    const texts = strokes.flatMap((stroke) => (stroke?.kind === 'text' ? [stroke.text] : []))
    for (const text of ['abcdefghijklmnopqrstuvwxyz', '0123456789']) {
      expect(texts).toEqual(expect.arrayContaining([...text]))
    }
    expect(texts).toEqual(expect.arrayContaining([...readyWords, ' ', '?', '.']))
    expect(new Set(texts).size).toBe(texts.length)
    expect(strokes.map((stroke) => stroke?.kind)).toEqual(
      expect.arrayContaining(['delete', 'enter', 'cancel']),
    )
  })

  it('its letters are 1.2° at 55 cm, its keys apart', () => {
    const { textMm, cells, widthMm, heightMm } = keyboardPage('')
    expect((2 * Math.atan(textMm / 2 / 550) * 180) / Math.PI).toBeGreaterThan(1.2)
    for (const cell of cells) {
      expect(cell.xMm + cell.widthMm).toBeLessThan(widthMm)
      expect(cell.yMm + cell.heightMm).toBeLessThan(heightMm)
      expect(cell.widthMm).toBeGreaterThan(20)
    }
  })

  it('nothing is sent before something is written', () => {
    const disabled = (text: string) =>
      keyboardPage(text).cells.flatMap(({ id, disabled }) => (disabled ? [id] : []))
    expect(disabled('')).toEqual(['delete', 'enter'])
    expect(disabled('Cyst')).toEqual([])
  })

  it('words stand apart, a text begins with a capital, and no space', () => {
    expect(['c', 'y', 's', 't', 'Here'].reduce(typed, '')).toBe('Cyst Here')
    expect([' ', 'Vessel', ' ', 'x'].reduce(typed, '')).toBe('Vessel x')
    expect(typed('', 'Tumour?')).toBe('Tumour?')
  })

  it(`ends at ${mostLetters} characters`, () => {
    const full = 'é'.repeat(mostLetters)
    expect(typed(full, 'x')).toBe(full)
    expect(typed(full.slice(1), 'x')).toBe(`${full.slice(1)}x`)
    expect(typed(full.slice(3), 'Here')).toBe(full.slice(3))
  })
})

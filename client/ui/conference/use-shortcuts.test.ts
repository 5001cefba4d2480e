import { expect, it } from 'vitest'
import { nameOf } from './use-shortcuts.ts'

const press = (key: string, held: Partial<KeyboardEvent> = {}) =>
  nameOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, ...held })

it('names letters in upper case whatever the caps lock', () => {
  expect([press('v'), press('V')]).toEqual(['V', 'V'])
})

it('names what is held, and signs by themselves', () => {
  expect(press('z', { ctrlKey: true })).toBe('CTRL+Z')
  expect(press('Z', { metaKey: true, shiftKey: true })).toBe('CTRL+SHIFT+Z')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('Escape')).toBe('ESCAPE')
})

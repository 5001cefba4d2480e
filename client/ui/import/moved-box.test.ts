import { expect, it } from 'vitest'
import { movedBox } from './moved-box.ts'

const slice = { columns: 100, rows: 50 }
const press = (key: string, shiftKey = false) => ({ key, shiftKey })

it('moves a frame within the picture, and keeps its size', () => {
  expect(movedBox([10, 20, 30, 40], press('ArrowRight'), slice)).toEqual([14, 20, 34, 40])
  expect(movedBox([2, 20, 30, 40], press('ArrowLeft'), slice)).toEqual([0, 20, 28, 40])
  expect(movedBox([10, 20, 30, 48], press('ArrowDown'), slice)).toEqual([10, 21, 30, 49])
})

it('sizes it by its lower right corner, down to two pixels', () => {
  expect(movedBox([10, 20, 30, 40], press('ArrowUp', true), slice)).toEqual([10, 20, 30, 36])
  expect(movedBox([10, 20, 12, 40], press('ArrowLeft', true), slice)).toEqual([10, 20, 11, 40])
  expect(movedBox([10, 20, 99, 40], press('ArrowRight', true), slice)).toEqual([10, 20, 99, 40])
})

it('leaves other keys alone', () => {
  expect(movedBox([10, 20, 30, 40], press('Tab'), slice)).toBeUndefined()
})

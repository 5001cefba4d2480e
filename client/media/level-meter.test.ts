import { expect, it } from 'vitest'
import { levelOf } from './level-meter.ts'

const sine = (amplitude: number) =>
  Float32Array.from({ length: 512 }, (_, n) => amplitude * Math.sin((2 * Math.PI * n) / 32))

it('[AV-1] shows silence as nothing and a full tone as nearly everything', () => {
  expect(levelOf(new Float32Array(512))).toBe(0)
  expect(levelOf(sine(0.0005))).toBe(0)
  expect(levelOf(sine(1))).toBe(1)
  expect(levelOf(sine(0.045))).toBe(0.5)
})

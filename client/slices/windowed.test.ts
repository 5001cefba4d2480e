import { expect, it } from 'vitest'
import { colourMapFor, colourTable } from './colour-map.ts'
import { windowed } from './windowed.ts'

function painted(values: number[], map: Parameters<typeof colourTable>[0] = 'grey') {
  const pixels = new Uint32Array(values.length)
  const window = { windowCenter: 40, windowWidth: 400 }
  windowed(Float32Array.from(values), window, colourTable(map), pixels)
  const bytes = new Uint8Array(pixels.buffer)
  return values.map((_, n) => [...bytes.subarray(4 * n, 4 * n + 4)])
}

it('[CASE-3] a window runs from black to white, and holds beyond its ends', () => {
  const greys = painted([-3000, -160, 40, 240, 5000])
  expect(greys.map(([r]) => r)).toEqual([0, 0, 128, 255, 255])
  for (const [r, g, b, a] of greys) expect([g, b, a]).toEqual([r, r, 255])
})

it('each grey is within one of the exact one', () => {
  for (let value = -160; value <= 240; value += 0.37) {
    const [[grey = 0] = []] = painted([value])
    expect(Math.abs(grey - (255 * (value + 160)) / 400)).toBeLessThanOrEqual(1)
  }
})

it('where there is nothing, nothing is painted', () => {
  expect(painted([Number.NaN, 40])[0]).toEqual([0, 0, 0, 0])
})

it('[IN-4] PET is dark on white or hot iron by its preset, all else grey', () => {
  expect(colourMapFor('PT', 'pt-inverse-grey')).toBe('inverse-grey')
  expect(painted([-160, 240], 'inverse-grey').map(([r]) => r)).toEqual([255, 0])
  expect(colourMapFor('PT', 'pt-hot-iron')).toBe('hot-iron')
  const [cold, warm, hot] = painted([-160, 40, 240], 'hot-iron')
  expect(cold).toEqual([0, 0, 0, 255])
  expect(warm?.[0]).toBe(255)
  expect(warm?.[2]).toBe(0)
  expect(hot).toEqual([255, 255, 255, 255])
  expect(colourMapFor('CT', 'ct-bone')).toBe('grey')
})

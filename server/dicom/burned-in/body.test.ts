import { describe, expect, it } from 'vitest'
import { bodyArea, bodyAreaIn, bodyOf, liesOutside } from './body.ts'
import { drawText } from './test-support/draw-text.ts'
import { slicePhantom } from './test-support/phantom.ts'

describe('bodyOf', () => {
  it('[PRIV-2] is the ellipse, the dark half that it encloses included', () => {
    const phantom = slicePhantom(512, 512)
    const ellipse = Math.PI * 0.36 * 0.3 * 512 * 512
    const share = bodyArea(bodyOf(phantom)) / ellipse
    expect(share).toBeGreaterThan(0.8)
    expect(share).toBeLessThan(1.1)
    expect(bodyAreaIn(bodyOf(phantom), [220, 200, 280, 220])).toBe(61 * 21)
  })

  it('[PRIV-2] does not grow by text in the air, nor by a banner of one value', () => {
    const phantom = slicePhantom()
    const before = bodyArea(bodyOf(phantom))
    const text = drawText(phantom, { text: 'OKONKWO', x: 8, y: 8, height: 14, value: 2000 })
    for (let i = 0; i < 24 * 256; i++) phantom.values[232 * 256 + i] = 300
    const body = bodyOf(phantom)
    expect(bodyArea(body)).toBe(before)
    expect(liesOutside(body, text)).toBe(true)
    expect(liesOutside(body, [0, 232, 255, 255])).toBe(true)
    expect(liesOutside(body, [110, 150, 150, 160])).toBe(false)
  })

  it('is empty where all pixels are one value', () => {
    const values = new Uint8Array(64 * 64)
    expect(bodyArea(bodyOf({ columns: 64, rows: 64, values }))).toBe(0)
  })
})

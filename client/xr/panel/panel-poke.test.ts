import { describe, expect, it } from 'vitest'
import { menuPage } from './panel-menu-page.ts'
import { Poke } from './panel-poke.ts'

const page = menuPage({
  title: 'Tools',
  items: [
    { id: 'laser', label: 'Laser' },
    { id: 'arrow', label: 'Arrow' },
  ],
  sub: false,
  canClose: false,
  leaf: 0,
})
const [laser, arrow] = page.cells
const over = (cell = laser, beforeM = 0) => ({
  xMm: (cell?.xMm ?? 0) + 10,
  yMm: (cell?.yMm ?? 0) + 10,
  beforeM,
})
const come = (poke: Poke, ...placesM: number[]) =>
  placesM.map((beforeM) => poke.frame(over(laser, beforeM), page).poked).filter(Boolean)

describe('[XR-2] a finger on a panel', () => {
  it('pokes once when it comes through from the front', () => {
    expect(come(new Poke(), 0.08, 0.03, 0.01, -0.002, -0.01, -0.004)).toEqual(['laser'])
  })

  it('has to withdraw before it pokes again', () => {
    const poke = new Poke()
    expect(come(poke, 0.03, -0.002, 0.004, -0.002, 0.006, -0.01)).toEqual(['laser'])
    expect(come(poke, 0.02, -0.002)).toEqual(['laser'])
  })

  it('pokes nothing from behind, or where it slides in from beside the panel', () => {
    expect(come(new Poke(), -0.05, -0.02, 0.01, 0.03)).toEqual([])
    const poke = new Poke()
    poke.frame({ xMm: -10, yMm: 20, beforeM: -0.01 }, page)
    expect(poke.frame(over(laser, -0.01), page)).toEqual({
      near: false,
      over: 'laser',
      poked: undefined,
    })
  })

  it('belongs to the panel from five centimetres before it on, and presses what it is over', () => {
    const poke = new Poke()
    expect(poke.frame(over(laser, 0.06), page).near).toBe(false)
    expect(poke.frame(over(laser, 0.04), page)).toMatchObject({ near: true, over: 'laser' })
    expect(poke.frame(over(arrow, 0.01), page).over).toBe('arrow')
    expect(poke.frame(over(arrow, -0.001), page).poked).toBe('arrow')
    expect(poke.frame(undefined, page).near).toBe(false)
  })
})

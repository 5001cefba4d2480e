import { describe, expect, it } from 'vitest'
import { bodyOf } from './body.ts'
import type { Box } from './box.ts'
import type { PictureText, TextFinding } from './find-text.ts'
import { maskFor } from './mask.ts'
import { slicePhantom } from './test-support/phantom.ts'

const size = { columns: 512, rows: 512 }
const body = bodyOf(slicePhantom(512, 512))
const nothing: PictureText = { findings: [], doubtful: [], body: undefined }
const corner: Box = [8, 8, 107, 17]
const onBody: Box = [200, 300, 260, 309]

function showing(...boxes: readonly (readonly [Box, TextFinding['kind'], boolean])[]): PictureText {
  const findings = boxes.map(([box, kind, isOutsideBody]) => ({ box, kind, isOutsideBody }))
  return { findings, doubtful: [], body }
}

describe('maskFor', () => {
  it('[PRIV-2] hides nothing of a series without text', () => {
    const mask = maskFor([nothing, nothing], size)
    expect(mask).toEqual({ masks: new Map(), quarantine: false, slicesWithText: 0 })
  })

  it('[PRIV-2] hides each line with a margin for soft edges, two lines that touch as one', () => {
    const below: Box = [8, 20, 60, 29]
    const { masks } = maskFor(
      [nothing, showing([corner, 'read', true], [below, 'read', true])],
      size,
    )
    expect([...masks]).toEqual([[1, [[5, 5, 110, 32]]]])
  })

  it('[PRIV-2] keeps a mask within the picture', () => {
    const { masks } = maskFor([showing([[0, 506, 511, 511], 'read', true])], size)
    expect(masks.get(0)).toEqual([[0, 504, 511, 511]])
  })

  it('[PRIV-2] hides what repeats in full where a neighbour shows a doubtful piece of it', () => {
    const piece: PictureText = { findings: [], doubtful: [[60, 8, 90, 17]], body }
    const elsewhere: PictureText = { findings: [], doubtful: [[60, 120, 90, 130]], body }
    const text = showing([corner, 'read', true])
    const mask = maskFor([text, piece, text, elsewhere], size)
    expect([...mask.masks.keys()]).toEqual([0, 1, 2])
    expect(mask.masks.get(1)).toEqual(mask.masks.get(0))
    expect(mask.slicesWithText).toBe(3)
  })

  it('[PRIV-2] takes no doubtful place for text where only one picture has some', () => {
    const piece: PictureText = { findings: [], doubtful: [[60, 8, 90, 17]], body }
    expect([...maskFor([showing([corner, 'read', true]), piece], size).masks.keys()]).toEqual([0])
  })

  it('[PRIV-2] asks a person where text on the body cannot be read', () => {
    expect(maskFor([showing([onBody, 'unreadable', false])], size).quarantine).toBe(true)
    expect(maskFor([showing([onBody, 'read', false])], size).quarantine).toBe(false)
    expect(maskFor([showing([corner, 'unreadable', true])], size).quarantine).toBe(false)
  })

  it('[PRIV-2] asks a person where more than a twentieth of the body would be hidden', () => {
    const across: Box = [120, 260, 390, 299]
    expect(maskFor([showing([across, 'read', false])], size).quarantine).toBe(true)
  })
})

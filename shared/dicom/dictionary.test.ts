import { describe, expect, it } from 'vitest'
import { attributes, keywordOfTag } from './attributes.ts'
import { bodyPartOfConcept, bodyPartWords } from './body-part.ts'

describe('the dictionary', () => {
  it('has one keyword for each tag, in the order of the tags', () => {
    const tags = Object.values(attributes).map(([tag]) => tag)
    expect(tags).toEqual([...new Set(tags)].toSorted())
    expect(tags.every((tag) => /^[0-9a-f]{8}$/.test(tag))).toBe(true)
    expect(keywordOfTag('00280030')).toBe('PixelSpacing')
    expect(keywordOfTag('00100010')).toBeUndefined()
  })

  it('knows defined terms for body parts and nothing that objects inherit', () => {
    expect(bodyPartWords('CSPINE')).toBe('cervical spine')
    expect(bodyPartWords('constructor')).toBeUndefined()
    expect(bodyPartOfConcept('SCT', '51185008')).toBe('CHEST')
    expect(bodyPartOfConcept('99LOCAL', '51185008')).toBeUndefined()
  })
})

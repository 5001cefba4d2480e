import { describe, expect, it } from 'vitest'
import { cleanWords, wordsOf } from './clean-words.ts'

describe('cleanWords', () => {
  it.each([
    ['Segment_1', 'Segment_1'],
    ['pt_segment_1', 'pt_segment_1'],
    ['Liver', 'Liver'],
    ['Lt Lung', 'Lt Lung'],
    ['Tumor Bed Block', 'Tumor Bed Block'],
    ['LungLeft', 'LungLeft'],
    ['Lung_L', 'Lung_L'],
    ['GTV-2', 'GTV-2'],
    ['PTV50.4', 'PTV50.4'],
    ['vertebra L5', 'vertebra L5'],
    ['Th12', 'Th12'],
    ['Schilddrüse links', 'Schilddrüse links'],
    ['Œsophage', 'Œsophage'],
    ['Veine cave', 'Veine'],
    ['first segment', 'first segment'],
  ])('[PRIV-1] leaves of %j %j', (text, left) => {
    expect(cleanWords(text)).toBe(left)
  })

  it.each([
    ['Maren Okonkwo', undefined],
    ['Liver Okonkwo', 'Liver'],
    ['Okonkwo^Maren liver', 'liver'],
    ['liver 4471882', 'liver'],
    ['liver 447 188 2', 'liver'],
    ['liver 12.03.1952', 'liver'],
    ['12.03.52', undefined],
    ['12 liver', '12 liver'],
    ['liver of 12', 'liver'],
    ['RGB(37, 231, 253)', undefined],
    ['tumour (Dr. Brandvold, room 7)', 'tumour'],
    ['L. M.', undefined],
    ['R 12', undefined],
    ['lungfish', undefined],
    ['constructor', undefined],
    ['', undefined],
  ])('[PRIV-1] drops from %j all that may identify', (text, left) => {
    expect(cleanWords(text)).toBe(left)
  })

  it('[PRIV-1] leaves out a word that is part of the patient’s own name', () => {
    const name = wordsOf('Herz^Anna')
    expect(cleanWords('Herz links', name)).toBe('links')
    expect(cleanWords('Herz', name)).toBeUndefined()
  })

  it('has nothing more to drop the second time', () => {
    const texts = ['Liver Okonkwo 12', 'a Lung_L of B', 'GTV 1 2 Maren heart', 'L5 Maren 3 lung']
    for (const text of texts) {
      const once = cleanWords(text)!
      expect(cleanWords(once)).toBe(once)
    }
  })

  it('takes long and hostile text in its stride', () => {
    const started = performance.now()
    expect(cleanWords('liver '.repeat(100_000))).toMatch(/^(liver ?)+$/)
    cleanWords('ſİ\ud800\u0301'.repeat(10_000))
    expect(performance.now() - started).toBeLessThan(200)
  })
})

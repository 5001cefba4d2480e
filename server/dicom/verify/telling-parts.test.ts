import { describe, expect, it } from 'vitest'
import { around, tellingParts } from './telling-parts.ts'

describe('tellingParts', () => {
  it.each([
    '20240229',
    '20240229134257.120000',
    '2024-02-29',
    '29.02.2024',
    '29/2/2024',
    '02/29/2024',
    '29 Feb 2024',
    '29. Februar 2024',
    'February 29, 2024',
    'seen on 29-FEB-2024 at noon',
  ])('[PRIV-3] reads the day in %s', (text) => {
    expect([...tellingParts(text).days]).toContain('2024-02-29')
  })

  it('[PRIV-3] takes no measurement for a day, a phone number or a patient number', () => {
    const text = '0.48828125\\-249.51171875, 1024.5, 65535, 20000, 4096, 3.27 mm, 13000000'
    const { days, phones, numbers } = tellingParts(text)
    expect([...days, ...phones, ...numbers]).toEqual([])
  })

  it('[PRIV-3] finds numbers, codes, addresses and phones however they are joined', () => {
    const parts = tellingParts(
      'Thorax_4471882 ACC90210887, CT-ELMO-2; Maren.Okonkwo@Example.org Tel +49 30 5550199, 943-476-5919',
    )
    expect(parts.numbers).toContain('4471882')
    expect(parts.numbers).toContain('9434765919')
    expect([...parts.codes.keys()]).toEqual(expect.arrayContaining(['acc90210887', 'ctelmo2']))
    expect([...parts.emails]).toEqual(['maren.okonkwo@example.org'])
    expect([...parts.phones]).toContain('49305550199')
    expect(parts.words).toContain('okonkwo')
  })

  it('[PRIV-3] compares words without case and diacritics', () => {
    expect([...tellingParts('MÜLLER-Straße Ødegård').words]).toEqual(
      expect.arrayContaining(['muller', 'strasse']),
    )
    expect([...tellingParts('müller strasse').words]).toEqual(['muller', 'strasse'])
  })
})

it('takes what stands near signs once, however many there are', () => {
  const text = `${'x'.repeat(200)}Okonkwo^Maren${'y'.repeat(200)}^${'^'.repeat(1000)}`
  const near = around(text, '^')
  expect(near).toContain('Okonkwo^Maren')
  expect(near.length).toBeLessThan(text.length + 10)
})

import { expect, it } from 'vitest'
import { personName } from './person-name.ts'

it('[OUT-3] a typed name is one component, whatever signs it holds', () => {
  expect(personName('Dr Okafor')).toBe('Dr Okafor^')
  expect(personName(' Dr=A^B\\C\nD ')).toBe('Dr A B C D^')
  expect(Array.from(personName('名'.repeat(200)))).toHaveLength(64)
})

import { expect, it } from 'vitest'
import { Allowance, commandAllowance } from './allowance.ts'

it('takes a burst, refuses beyond it, earns again with time, and loses patience', () => {
  const allowance = new Allowance(commandAllowance, 0)
  const { burst, perSecond, patience } = commandAllowance
  for (let n = 0; n < burst; n++) expect(allowance.take(0)).toBe('go')
  expect(allowance.take(0)).toBe('refuse')
  for (let n = 0; n < perSecond; n++) expect(allowance.take(1_000)).toBe('go')
  for (let n = 0; n < patience - 1; n++) expect(allowance.take(1_000)).toBe('refuse')
  expect(allowance.take(1_000)).toBe('flood')
})

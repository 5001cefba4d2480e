import { expect, it } from 'vitest'
import { sessionInit } from './session-init.ts'

it('[XR-1] a session requires nothing that a headset may lack', () => {
  expect(sessionInit().requiredFeatures).toEqual([])
  expect(sessionInit().optionalFeatures).toEqual(['local-floor', 'hand-tracking'])
})

it('a session without bare hands does not ask for them', () => {
  expect(sessionInit({ hands: false }).optionalFeatures).toEqual(['local-floor'])
})

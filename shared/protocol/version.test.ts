import { createHash } from 'node:crypto'
import { Encoder, Reflection } from '@colyseus/schema'
import { expect, it } from 'vitest'
import { ConferenceState } from '../conference/state.ts'
import { protocolVersion } from './version.ts'

it('[CASE-9] a state of another shape is another version: raise it, and record the shape here', () => {
  const shape = Reflection.encode(new Encoder(new ConferenceState()))
  const digest = createHash('sha256').update(shape).digest('hex').slice(0, 16)
  expect([protocolVersion, digest]).toEqual([1, 'bf1de521362a86e0'])
})

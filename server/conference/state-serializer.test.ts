import { Encoder } from '@colyseus/schema'
import { expect, it } from 'vitest'
import { applyEvent } from '../../shared/conference/apply.ts'
import { maximumAnnotationPoints, maximumAnnotations } from '../../shared/conference/command.ts'
import { ConferenceState } from '../../shared/conference/state.ts'
import './state-serializer.ts'

it('[CASE-9] a conference that is full of measured marks is written in one go', () => {
  const state = new ConferenceState()
  const each = maximumAnnotationPoints / maximumAnnotations
  for (let n = 0; n < maximumAnnotations; n++) {
    const annotation = {
      annotationId: `${n}`.padStart(64, 'a'),
      volumeId: 'v'.repeat(64),
      kind: 'freehand',
      pointsMm: Array.from({ length: each }, (_, p) => [n / 7, p / 7, 0.1] as const),
      text: 'x'.repeat(280),
      measured: {
        mean: 0.1,
        standardDeviation: 0.1,
        min: 0.1,
        max: 0.1,
        areaMm2: 0.1,
        unit: 'HU',
      },
      authorId: 'p'.repeat(36),
      authorName: 'n'.repeat(64),
      authorColour: 1,
      atMs: 1.7e12,
    } as const
    applyEvent(state, { type: 'annotationAdded', annotation }, n + 1)
  }
  expect(new Encoder(state).encodeAll().length).toBeLessThan(Encoder.BUFFER_SIZE)
})

import { expect, it } from 'vitest'
import type { ParticipantView } from '../conference/conference-view.ts'
import { wantedOf } from './wanted.ts'

const person = (has: Partial<ParticipantView>) =>
  ({
    isMe: false,
    muted: false,
    voiceProducerId: '',
    viewProducerId: '',
    ...has,
  }) as ParticipantView
const live = { readyState: 'live' } as MediaStreamTrack
const wishes = {
  microphone: live,
  speaks: true,
  picture: undefined,
  watches: true,
  spatialLayer: 1,
  needsView: false,
}

it('[AV-1] nobody receives their own voice or view', () => {
  const me = person({ isMe: true, voiceProducerId: 'mine', viewProducerId: 'my-view' })
  const wanted = wantedOf([me, person({ voiceProducerId: 'hers' }), person({})], wishes)
  expect([...wanted.receive]).toEqual([['hers', 'microphone']])
})

it('[AV-3] a view that was put away is not received', () => {
  const people = [person({ voiceProducerId: 'voice', viewProducerId: 'view' })]
  expect([...wantedOf(people, wishes).receive.keys()]).toEqual(['voice', 'view'])
  expect([...wantedOf(people, { ...wishes, watches: false }).receive.keys()]).toEqual(['voice'])
})

it('[AV-1] a muted person sends a paused voice, however open their microphone is', () => {
  const sent = (muted: boolean) =>
    wantedOf([person({ isMe: true, muted })], wishes).send.get('microphone')?.open
  expect([sent(false), sent(true)]).toEqual([true, false])
})

it('[AV-1] a track that has ended is not sent', () => {
  const ended = { readyState: 'ended' } as MediaStreamTrack
  const wanted = wantedOf([], { ...wishes, microphone: ended, picture: ended })
  expect(wanted.send.size).toBe(0)
})

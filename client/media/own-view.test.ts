import { expect, it } from 'vitest'
import type { ConferenceView, ParticipantView } from '../conference/conference-view.ts'
import { OwnView } from './own-view.ts'
import { nothingYet, ToldView } from './told-view.ts'

const picture = () => ({ open: () => ({}) as MediaStreamTrack, close: () => undefined })
const person = (participantId: string, has: Partial<ParticipantView> = {}) =>
  ({
    participantId,
    displayName: participantId,
    role: 'attending',
    viewProducerId: '',
    needsView: false,
    away: false,
    ...has,
  }) as ParticipantView
const room = (...participants: ParticipantView[]) => ({ participants }) as unknown as ConferenceView

function open(line: (typeof nothingYet)['line'] = { state: 'connected' }) {
  const told = new ToldView({ ...nothingYet, line })
  const said: string[] = []
  const view = new OwnView({ told, say: (_, text) => said.push(text), onChange: () => undefined })
  return { told, said, view, shares: () => told.view.sharing }
}
const weak = person('Weak', { role: 'observer', needsView: true })
const me = (viewProducerId = '') => person('Me', { isMe: true, presents: true, viewProducerId })

it('[AV-3] begins by itself for who needs it, and ends with the need', () => {
  const { view, said, shares } = open()
  view.offer(picture())
  view.follow(room(me(), weak))
  expect(shares()).toBe(true)
  expect(said).toHaveLength(1)
  view.follow(room(me('mine'), weak))
  expect(shares()).toBe(true)
  view.follow(room(me('mine')))
  expect(shares()).toBe(false)
})

it('[AV-3] whose view was replaced does not take it back before the state names the other', () => {
  const { view, shares } = open()
  view.offer(picture())
  view.follow(room(me(), weak))
  view.ended('replaced', room(me('mine'), weak))
  view.follow(room(me('mine'), weak))
  expect(shares()).toBe(false)
  view.follow(room(me(), person('Ola', { viewProducerId: 'hers' }), weak))
  expect(shares()).toBe(false)
  view.follow(room(me(), person('Ola'), weak))
  expect(shares()).toBe(true)
})

it('[AV-3] what cannot be sent is said once, however often the conference changes', () => {
  const { view, said, shares } = open()
  view.offer(picture())
  view.follow(room(me(), weak))
  view.refused('cannot')
  for (let n = 0; n < 5; n++) view.follow(room(me(), weak))
  expect(shares()).toBe(false)
  expect(said.filter((text) => text === 'cannot')).toHaveLength(1)
  view.share(picture())
  expect(shares()).toBe(true)
})

it('[AV-3] nothing is said to be shared where nobody could see it', () => {
  const { view, said, shares } = open({ state: 'unavailable', message: 'no way' })
  view.offer(picture())
  view.follow(room(me(), weak))
  view.share(picture())
  expect(shares()).toBe(false)
  expect(said).toEqual(['no way'])
})

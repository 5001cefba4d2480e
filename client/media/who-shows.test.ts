import { expect, it } from 'vitest'
import type { ConferenceView, ParticipantView } from '../conference/conference-view.ts'
import { whoNeeds, whoShouldShow } from './who-shows.ts'

const person = (participantId: string, has: Partial<ParticipantView>) =>
  ({ participantId, role: 'resident', needsView: false, away: false, ...has }) as ParticipantView
const room = (...participants: ParticipantView[]) => ({ participants }) as unknown as ConferenceView
const attending = (id: string, has: Partial<ParticipantView> = {}) =>
  person(id, { role: 'attending', presents: false, ...has })

it('[AV-3] the presenter shows, whoever else could', () => {
  const resident = person('r', { presents: true })
  expect(whoShouldShow(room(attending('a'), resident))?.participantId).toBe('r')
})

it('[AV-3] where the presenter cannot, the first attending who can', () => {
  const presenter = attending('p', { presents: true, needsView: true })
  const gone = attending('g', { away: true })
  const found = whoShouldShow(
    room(presenter, gone, person('r', {}), attending('a'), attending('b')),
  )
  expect(found?.participantId).toBe('a')
})

it('[AV-3] a resident who does not lead, and an observer, never', () => {
  const observer = person('o', { role: 'observer', presents: false })
  expect(whoShouldShow(room(person('r', { presents: false }), observer))).toBeUndefined()
})

it('[AV-3] nothing is sent for somebody who is away', () => {
  expect(whoNeeds(room(person('r', { needsView: true, away: true })))).toBeUndefined()
  expect(whoNeeds(room(person('r', { needsView: true })))?.participantId).toBe('r')
})

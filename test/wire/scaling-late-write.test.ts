import { expect, it } from 'vitest'
import { Conference } from '../../server/conference/conference.ts'
import { facts, openHouse } from './conference-house.ts'

it('[OPS-2] who was replaced writes nothing more, though the next host has had nothing to write', async () => {
  const house = await openHouse()
  try {
    const conferenceId = await house.newConference('taken-over')
    const parts = { conferenceId, facts, log: house.log, now: Date.now, onLogFailure: () => {} }
    const replaced = await Conference.host({ ...parts, isOurs: async () => false })
    const next = await Conference.host({ ...parts, isOurs: async () => true })
    const asker = { participantId: 'a', displayName: 'a', role: 'attending', colour: 0 } as const
    const mark = { annotationId: 'late', kind: 'point', pointsMm: [[1, 2, 3]] }
    const asked = { commandId: 'late', type: 'addAnnotation', ...mark }
    void replaced.command(asked, asker) // nobody answers it
    await replaced.settled()
    const log = await house.log.read(conferenceId)
    expect(log.map(({ commandId }) => commandId)).not.toContain('late')
    expect(next.state.seq).toBe(log.at(-1)?.seq)
  } finally {
    await house.close()
  }
})

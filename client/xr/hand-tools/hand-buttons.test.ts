import { expect, it } from 'vitest'
import { handAt } from '../../../test/support/held-room.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { MediaSession } from '../../media/media-session.ts'
import { HandButtons } from './hand-buttons.ts'

function pressing() {
  const did: string[] = []
  const buttons = new HandButtons({
    media: {
      talk: (held: boolean) => did.push(held ? 'talk' : 'hush'),
      toggleMicrophone: () => did.push('toggle'),
    } as Partial<MediaSession> as MediaSession,
    session: { undo: () => did.push('undo') } as Partial<ConferenceSession> as ConferenceSession,
  })
  const hold = (button: 'lower' | 'upper', ms: number) => {
    buttons.frame([handAt('right', [0, 1, 0], { [button]: true })], 0)
    buttons.frame([handAt('right', [0, 1, 0], { [button]: true })], ms)
    buttons.frame([handAt('right', [0, 1, 0])], ms)
  }
  return { did, buttons, hold }
}

it('[AV-1] A held talks while held; a tap opens or closes the microphone', () => {
  const { did, hold } = pressing()
  hold('lower', 800)
  expect(did.splice(0)).toEqual(['talk', 'hush'])
  hold('lower', 100)
  expect(did).toEqual(['talk', 'hush', 'toggle'])
})

it('[AV-1] a session that ends while A is held talks no more', () => {
  const { did, buttons } = pressing()
  buttons.frame([handAt('right', [0, 1, 0], { lower: true })], 0)
  buttons.dispose()
  expect(did).toEqual(['talk', 'hush'])
})

it('[MARK-5] B takes back the last mark; held, it is the menu’s', () => {
  const { did, hold } = pressing()
  hold('upper', 900)
  expect(did).toEqual([])
  hold('upper', 100)
  expect(did).toEqual(['undo'])
})

import { expect, it } from 'vitest'
import type { CommandAnswer } from '../../../shared/conference/rejection.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import type { Draft } from '../../scene/shown-scene.ts'
import { Drafts } from './drafts.ts'

const pose = { position: [0, 1, 0], rotation: [0, 0, 0, 1], scale: 1 } as const
const elsewhere = { ...pose, position: [1, 1, 0] } as const
const plane = { planeId: 'hand', normal: [1, 0, 0], offsetMm: 3 } as const

function house() {
  const shown: (Draft | undefined)[] = []
  const answers: ((answer: CommandAnswer) => void)[] = []
  const command = () => new Promise<CommandAnswer>((resolve) => answers.push(resolve))
  const session = { command } as Partial<ConferenceSession> as ConferenceSession
  const drafts = new Drafts({ draft: (draft) => shown.push(draft), session })
  return { drafts, shown, answers }
}
const answered = () => new Promise((resolve) => setTimeout(resolve))

it('[XR-3] one hand holds the volume while the other holds a plane', () => {
  const { drafts, shown } = house()
  drafts.show({ drag: pose })
  drafts.show({ plane })
  expect(shown.at(-1)).toEqual({ drag: pose, plane })
  drafts.drop('plane')
  expect(shown.at(-1)).toEqual({ drag: pose })
  drafts.drop('drag')
  expect(shown.at(-1)).toBeUndefined()
})

it('what was let go of is shown until it has been answered', async () => {
  const { drafts, shown, answers } = house()
  drafts.last({ drag: pose }, { type: 'setVolumePose', ...pose })
  drafts.show({ plane })
  expect(shown.at(-1)).toEqual({ drag: pose, plane })
  answers[0]?.({ ok: true, seq: 1 })
  await answered()
  expect(shown.at(-1)).toEqual({ plane })
})

it('an answer to an earlier drag takes nothing from the one that goes on', async () => {
  const { drafts, shown, answers } = house()
  drafts.last({ drag: pose }, { type: 'setVolumePose', ...pose })
  drafts.show({ drag: elsewhere })
  answers[0]?.({ ok: true, seq: 1 })
  await answered()
  expect(shown.at(-1)).toEqual({ drag: elsewhere })
})

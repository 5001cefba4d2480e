import { expect, it } from 'vitest'
import { openingPose, type VolumePose } from '../../shared/geometry/volume-pose.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import { Hands } from './hands.ts'

function watched() {
  const shown: PoseSample[] = []
  return { shown, hands: new Hands((sample) => shown.push(sample)) }
}
const away = (x: number): VolumePose => ({ ...openingPose, position: [x, 0, 0] })

it('a draft stays until what makes it last has been answered', async () => {
  const { hands, shown } = watched()
  const answer = Promise.withResolvers<void>()
  hands.draft({ drag: away(1) }, answer.promise)
  expect(hands.drafted).toEqual({ drag: away(1) })
  answer.resolve()
  await answer.promise
  expect(hands.drafted).toEqual({})
  expect(shown).toEqual([{ drag: away(1) }, {}])
})

it('the answer to an older drag does not end a newer one', async () => {
  const { hands, shown } = watched()
  const older = Promise.withResolvers<void>()
  hands.draft({ drag: away(1) }, older.promise)
  hands.draft({ drag: away(2) })
  hands.draft({ drag: away(3) })
  older.resolve()
  await older.promise
  expect(hands.drafted).toEqual({ drag: away(3) })
  expect(shown).not.toContainEqual({})
})

it('a laser goes on while a drag ends', () => {
  const { hands, shown } = watched()
  const laser = { origin: [0, 0, 0], end: [1, 2, 3], touches: true } as const
  hands.point(laser)
  hands.draft({ drag: away(1) })
  hands.draft(undefined)
  expect(shown).toEqual([{ laser }, { drag: away(1), laser }, { laser }])
})

import { expect, it } from 'vitest'
import type { PictureStatus } from './stage.ts'
import { StageTelling } from './stage-telling.ts'

const picture: PictureStatus = {
  state: 'ready',
  levelDims: [64, 64, 40],
  fraction: 1,
  frameMs: undefined,
  settled: true,
  message: '64×64×40',
}

it('trouble stays in words until it is over, and the picture is what it became meanwhile', () => {
  const telling = new StageTelling({ ...picture, state: 'sharpening' })
  const states: string[] = []
  telling.subscribe(() => states.push(telling.status.picture.state))
  telling.trouble('the graphics are gone')
  telling.picture(picture)
  expect(telling.status.picture).toMatchObject({
    state: 'failed',
    message: 'the graphics are gone',
  })
  telling.trouble(undefined)
  expect(telling.status.picture).toEqual(picture)
  expect(states).toEqual(['failed', 'failed', 'ready'])
})

it('a new volume takes over nothing of the last one’s words, only how long frames take', () => {
  const telling = new StageTelling({ ...picture, state: 'failed', message: 'it was damaged' })
  telling.drawn(true, 16)
  const { message, ...loading } = { ...picture, state: 'loading' as const, fraction: 0 }
  telling.picture(loading)
  expect(telling.status.picture).toEqual({ ...loading, frameMs: 16 })
})

it('frames that are like the last tell nobody anything', () => {
  const telling = new StageTelling(picture)
  let told = 0
  telling.subscribe(() => told++)
  telling.drawn(true, undefined)
  expect(told).toBe(0)
  telling.drawn(false, undefined)
  expect(told).toBe(1)
  expect(telling.status.picture.settled).toBe(false)
})

it('what rests is said to rest, over whatever comes meanwhile, until it is seen again', () => {
  const telling = new StageTelling({ ...picture, state: 'sharpening' })
  telling.rest(true)
  telling.picture(picture)
  expect(telling.status.picture).toEqual({ ...picture, resting: true })
  telling.rest(false)
  expect(telling.status.picture).toEqual(picture)
})

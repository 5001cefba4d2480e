import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

it('one person’s requests are done one after the other, another’s do not wait for them', async () => {
  const turns = new Turns()
  const done: string[] = []
  const first = Promise.withResolvers<void>()
  const a1 = turns.run('a', async () => {
    await first.promise
    done.push('a1')
    throw new Error('a1 failed')
  })
  const a2 = turns.run('a', async () => done.push('a2'))
  await turns.run('b', async () => done.push('b1'))
  expect(done).toEqual(['b1'])
  first.resolve()
  await expect(a1).rejects.toThrow('a1 failed')
  await a2
  expect(done).toEqual(['b1', 'a1', 'a2'])
})

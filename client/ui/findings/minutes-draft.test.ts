import { describe, expect, it } from 'vitest'
import type { SavedMinutes } from '../../../shared/findings/findings-view.ts'
import { until } from '../../../test/support/until.ts'
import { ApiError } from '../../api/http.ts'
import { MinutesDraft } from './minutes-draft.ts'

/** A server that keeps versions as ours does. */
function server(saved: SavedMinutes = { text: '', version: 0 }) {
  let now = saved
  let away = false
  const saves: string[] = []
  return {
    saves,
    get now() {
      return now
    },
    change: (text: string) => {
      now = { text, version: now.version + 1 }
    },
    goAway: (gone: boolean) => {
      away = gone
    },
    doors: {
      read: async () => now,
      save: async ({ text, version }: SavedMinutes) => {
        saves.push(text)
        if (away) throw new ApiError(0, 'offline', 'The server does not answer.')
        if (version !== now.version) throw new ApiError(409, 'minutes-changed', 'Changed.')
        now = { text, version: version + 1 }
        return now
      },
    },
  }
}

describe('minutes as they are typed', () => {
  it('[OUT-3] are saved a moment after the last key', async () => {
    const house = server()
    const draft = new MinutesDraft(house.now, '', house.doors, 5)
    for (const text of ['A', 'Ag', 'Agr']) draft.type(text)
    expect(draft.getSnapshot()).toEqual({ state: 'changed', text: 'Agr' })
    await until('it is kept', () => draft.getSnapshot().state === 'kept')
    expect(house.saves).toEqual(['Agr'])
    expect(house.now).toEqual({ text: 'Agr', version: 1 })
  })

  it('[OUT-3] begin with prefilled words, which nobody has written yet', async () => {
    const house = server()
    const draft = new MinutesDraft(house.now, 'Present: Ada', house.doors, 5)
    expect(draft.getSnapshot()).toEqual({ state: 'kept', text: 'Present: Ada' })
    expect(draft.empty).toBe(true)
    expect(await draft.flush()).toBe(true)
    expect(house.saves).toEqual([])
    expect(
      new MinutesDraft({ text: '', version: 3 }, 'Present', house.doors).getSnapshot().text,
    ).toBe('')
  })

  it('[OUT-3] typed while a save is on its way are saved after it', async () => {
    const house = server()
    let arrive = () => {}
    const onItsWay = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const save = async (minutes: SavedMinutes) => {
      await onItsWay
      return house.doors.save(minutes)
    }
    const draft = new MinutesDraft(house.now, '', { ...house.doors, save }, 5)
    draft.type('one')
    const [first, second] = [draft.flush(), draft.flush()]
    draft.type('one two')
    arrive()
    await first
    expect(await second).toBe(true)
    expect(house.saves).toEqual(['one', 'one two'])
    expect(house.now).toEqual({ text: 'one two', version: 2 })
  })

  it('[OUT-3] never overwrite what somebody else saved without asking', async () => {
    const house = server({ text: 'old', version: 4 })
    const draft = new MinutesDraft(house.now, '', house.doors, 5)
    house.change('theirs')
    draft.type('mine')
    expect(await draft.flush()).toBe(false)
    expect(draft.getSnapshot()).toEqual({
      state: 'overtaken',
      theirs: { text: 'theirs', version: 5 },
      text: 'mine',
    })
    draft.type('mine, more')
    expect(await draft.flush()).toBe(false)
    expect(house.now.text).toBe('theirs')
    expect(await draft.keepMine()).toBe(true)
    expect(house.now).toEqual({ text: 'mine, more', version: 6 })
    house.change('theirs again')
    draft.type('x')
    await draft.flush()
    draft.takeTheirs()
    expect(draft.getSnapshot()).toEqual({ state: 'kept', text: 'theirs again' })
  })

  it('[OUT-3] stay on the page while the server is away, and are saved when it is back', async () => {
    const house = server()
    const draft = new MinutesDraft(house.now, '', house.doors, 5)
    house.goAway(true)
    draft.type('kept here')
    expect(await draft.flush()).toBe(false)
    expect(draft.getSnapshot()).toMatchObject({ state: 'failed', text: 'kept here' })
    house.goAway(false)
    expect(await draft.flush()).toBe(true)
    expect(house.now.text).toBe('kept here')
  })
})

import { expect, it } from 'vitest'
import { talkKey } from './talk-key.ts'

/** What a microphone comes to, as MediaSession describes it. */
class Talker {
  open = false
  #holding = false

  toggleMicrophone(): void {
    this.open = !this.open
    this.#holding = false
  }

  talk(held: boolean): void {
    if (held && !this.open) {
      this.open = true
      this.#holding = true
    } else if (!held && this.#holding) {
      this.open = false
      this.#holding = false
    }
  }
}

const pressed = (wasOpen: boolean, heldMs: number) => {
  const talker = new Talker()
  if (wasOpen) talker.toggleMicrophone()
  const key = talkKey(talker)
  key.press()
  const meanwhile = talker.open
  key.release(heldMs)
  return { meanwhile, after: talker.open }
}

it('[AV-1] a short press opens what is closed and closes what is open', () => {
  expect(pressed(false, 120)).toEqual({ meanwhile: true, after: true })
  expect(pressed(true, 120)).toEqual({ meanwhile: true, after: false })
})

it('[AV-1] a held key talks while held, and leaves open what was open', () => {
  expect(pressed(false, 900)).toEqual({ meanwhile: true, after: false })
  expect(pressed(true, 900)).toEqual({ meanwhile: true, after: true })
})

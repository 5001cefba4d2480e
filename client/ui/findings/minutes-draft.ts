import type { SavedMinutes } from '../../../shared/findings/findings-view.ts'
import { ApiError, wordsFor } from '../../api/http.ts'

/**
 * `kept`: the server has what is shown. `changed`: it will, in a moment. `failed`: it could not be
 * reached, and the text is on this page alone. `overtaken`: somebody else saved another text.
 */
export type DraftState =
  | { readonly state: 'kept' }
  | { readonly state: 'changed' }
  | { readonly state: 'saving' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'overtaken'; readonly theirs: SavedMinutes }

export type MinutesShown = DraftState & { readonly text: string }

export interface MinutesDoors {
  save(minutes: SavedMinutes, leaving: boolean): Promise<SavedMinutes>
  /** What the server has now. */
  read(): Promise<SavedMinutes>
}

const quietMs = 600

/** The minutes as they are typed: saved a moment after the last key, one save after another. */
export class MinutesDraft {
  readonly #doors: MinutesDoors
  readonly #delayMs: number
  readonly #listeners = new Set<() => void>()
  #version: number
  #shown: MinutesShown
  #timer: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<void> | undefined

  /** `prefilled`: words to begin with, which are nobody's minutes until somebody changes them. */
  constructor(saved: SavedMinutes, prefilled: string, doors: MinutesDoors, delayMs = quietMs) {
    this.#doors = doors
    this.#delayMs = delayMs
    this.#version = saved.version
    this.#shown = { state: 'kept', text: saved.version === 0 ? prefilled : saved.text }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): MinutesShown => this.#shown

  /** Nobody has written any yet. */
  get empty(): boolean {
    return this.#version === 0 && this.#shown.state === 'kept'
  }

  type(text: string): void {
    const overtaken = this.#shown.state === 'overtaken'
    this.#show(overtaken ? { ...this.#shown, text } : { state: 'changed', text })
    if (!overtaken) this.#saveSoon()
  }

  /** Resolves when everything typed is with the server; false where it is not, as the page says. */
  async flush(leaving = false): Promise<boolean> {
    clearTimeout(this.#timer)
    while (this.#saving) await this.#saving
    if (this.#shown.state === 'changed' || this.#shown.state === 'failed') await this.#save(leaving)
    return this.#shown.state === 'kept'
  }

  /** Over what somebody else saved, now that it was looked at. */
  async keepMine(): Promise<boolean> {
    if (this.#shown.state !== 'overtaken') return this.flush()
    this.#version = this.#shown.theirs.version
    this.#show({ state: 'changed', text: this.#shown.text })
    return this.flush()
  }

  takeTheirs(): void {
    if (this.#shown.state !== 'overtaken') return
    const { text, version } = this.#shown.theirs
    this.#version = version
    this.#show({ state: 'kept', text })
  }

  #saveSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.flush(), this.#delayMs) // the page says how it went
  }

  #save(leaving: boolean): Promise<void> {
    const { text } = this.#shown
    this.#show({ state: 'saving', text })
    this.#saving = this.#saveNow(text, leaving).finally(() => {
      this.#saving = undefined
    })
    return this.#saving
  }

  async #saveNow(text: string, leaving: boolean): Promise<void> {
    try {
      const saved = await this.#doors.save({ text, version: this.#version }, leaving)
      this.#version = saved.version
      if (this.#shown.text === text) this.#show({ state: 'kept', text })
    } catch (error) {
      if (error instanceof ApiError && error.code === 'minutes-changed') await this.#overtaken()
      else this.#show({ state: 'failed', message: wordsFor(error), text: this.#shown.text })
    }
  }

  async #overtaken(): Promise<void> {
    try {
      const theirs = await this.#doors.read()
      this.#show({ state: 'overtaken', theirs, text: this.#shown.text })
    } catch (error) {
      this.#show({ state: 'failed', message: wordsFor(error), text: this.#shown.text })
    }
  }

  #show(shown: MinutesShown): void {
    this.#shown = shown
    for (const listener of this.#listeners) listener()
  }
}

import type { Notice } from '../conference/conference-session.ts'
import type { ConferenceView } from '../conference/conference-view.ts'
import type { ViewSource } from '../scene/stage.ts'
import { SharedView } from './shared-view.ts'
import type { ToldView } from './told-view.ts'
import { whoNeeds, whoShouldShow, whoShows } from './who-shows.ts'
import { viewNeeded, viewNotAllowed, viewReplaced } from './words.ts'

type Say = (tone: Notice['tone'], text: string) => void

/** This page's picture in the conference: shown by a press, or by itself for who cannot draw. */
export class OwnView {
  readonly #told: ToldView
  readonly #say: Say
  readonly #shared: SharedView

  constructor(parts: {
    told: ToldView
    say: Say
    /** `track` has changed. */
    onChange: () => void
  }) {
    this.#told = parts.told
    this.#say = parts.say
    this.#shared = new SharedView(() => {
      this.#told.tell({ sharing: this.track !== undefined })
      parts.onChange()
    })
  }

  get track(): MediaStreamTrack | undefined {
    return this.#shared.track
  }

  /** Not where nobody could see it: what is said to be shared is. */
  share(source: ViewSource): void {
    const { line } = this.#told.view
    if (line.state === 'unavailable') this.#say('caution', line.message)
    else this.#shared.byHand(source)
  }

  offer(source: ViewSource | undefined): void {
    this.#shared.offer(source)
  }

  /** The conference has changed. */
  follow(view: ConferenceView): void {
    const needs = whoNeeds(view)
    const shows = whoShows(view)
    // until the state has followed, what was begun is not shown yet and what ended still is
    const free = this.track ? (shows?.isMe ?? true) : shows === undefined
    const within = this.#told.view.line.state !== 'unavailable'
    const mine = needs !== undefined && whoShouldShow(view)?.isMe === true
    const begins = this.#shared.need(mine && free && within)
    if (begins && needs) this.#say('info', viewNeeded(needs.displayName))
  }

  /** It cannot be sent, in words. */
  refused(words: string): void {
    this.#shared.refuse()
    this.#say('caution', words)
  }

  /** The server has ended it. */
  ended(why: 'replaced' | 'not-allowed', view: ConferenceView): void {
    this.end()
    const shows = whoShows(view)
    const name = shows && !shows.isMe ? shows.displayName : 'Somebody else'
    this.#say('caution', why === 'replaced' ? viewReplaced(name) : viewNotAllowed)
  }

  end(): void {
    this.#shared.end()
  }
}

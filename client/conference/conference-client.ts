import type { Command } from '../../shared/conference/command.ts'
import { canonicalState } from '../../shared/conference/durable.ts'
import { may, type Verdict } from '../../shared/conference/permissions.ts'
import { type CommandAnswer, reject } from '../../shared/conference/rejection.ts'
import type { ConferenceState } from '../../shared/conference/state.ts'
import type {
  MediaAnswer,
  MediaMethod,
  MediaNote,
  MediaRequest,
} from '../../shared/protocol/media.ts'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import { type ConnectionState, RoomConnection } from '../connection/room-connection.ts'
import type { JoinAnswer } from '../connection/room-line.ts'
import type { Asked, ConferenceSession, Notice } from './conference-session.ts'
import type { ConferenceView, Link } from './conference-view.ts'
import { foresee } from './foresee.ts'
import { MarkHistory } from './mark-history.ts'
import { sha256Hex } from './sha256-hex.ts'
import { emptyView, type Me, viewOf } from './view-of.ts'

const sampleEveryMs = 1000 / 30
const resendAfterMs = 250

interface Pending {
  readonly asked: Asked
  readonly commandId: string
  readonly answer: (answer: CommandAnswer) => void
  sent: boolean
  /** Accepted: foreseen until the state has come so far. */
  seq?: number
}

/** The one model that everything on a page reads the conference from and changes it through. */
export class ConferenceClient implements ConferenceSession {
  readonly #me: Me
  readonly #marks = new MarkHistory()
  readonly #listeners = new Set<() => void>()
  readonly #noticeListeners = new Set<(notice: Notice) => void>()
  readonly #sampleListeners = new Set<(samples: ReadonlyMap<number, PoseSample>) => void>()
  readonly #mediaListeners = new Set<(note: MediaNote) => void>()
  readonly #samples = new Map<number, PoseSample>()
  /** Asked and not yet answered, in order; asked again after a reconnection. */
  readonly #pending = new Map<string, Pending>()
  #connection: RoomConnection | undefined
  #link: Link = { state: 'connecting' }
  #told: ConferenceView
  #view: ConferenceView
  #shown: PoseSample = {}
  #shownSent = true
  #sampling: ReturnType<typeof setInterval> | undefined

  private constructor(me: Me) {
    this.#me = me
    this.#told = emptyView(me)
    this.#view = this.#told
  }

  static async join(options: {
    origin: string
    joined: JoinAnswer
    displayName: string
    rejoin: () => Promise<JoinAnswer>
  }): Promise<ConferenceClient> {
    const { origin, joined, displayName, rejoin } = options
    const { participantId, role } = joined
    const client = new ConferenceClient({ participantId, role, displayName })
    client.#connection = await RoomConnection.open(joined.seat, {
      origin,
      rejoin,
      events: {
        onState: (state) => client.#onState(state),
        onPoses: (frame) => client.#onPoses(frame),
        onHash: (told) => void client.#checkHash(told),
        onMediaNote: (note) => {
          for (const listener of client.#mediaListeners) listener(note)
        },
        onConnection: (connection) => client.#onConnection(connection),
      },
    })
    client.#onConnection(client.#connection.connection)
    client.#sampling = setInterval(() => client.#sendShown(), sampleEveryMs)
    return client
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  getSnapshot = (): ConferenceView => this.#view

  may(type: Command['type'], annotationId?: string): Verdict {
    const { me, annotations } = this.#view
    const mark = annotations.find((a) => a.annotationId === annotationId)
    return may(type, { role: me.role, presents: me.presents, owns: mark?.mine ?? true })
  }

  async command(asked: Asked): Promise<CommandAnswer> {
    const before = this.#view.annotations
    const answering = this.#ask(asked)
    const step = this.#marks.did(asked, { before, after: this.#view.annotations })
    this.#publish()
    const answer = await answering
    if (step && !answer.ok) this.#marks.forget(step)
    return answer
  }

  get canUndo(): boolean {
    return this.#marks.canUndo
  }

  get canRedo(): boolean {
    return this.#marks.canRedo
  }

  undo(): void {
    void this.#retrace(this.#marks.undo())
  }

  redo(): void {
    void this.#retrace(this.#marks.redo())
  }

  show(sample: PoseSample): void {
    this.#shown = sample
    this.#shownSent = false
  }

  onSamples(listener: (samples: ReadonlyMap<number, PoseSample>) => void): () => void {
    this.#sampleListeners.add(listener)
    return () => this.#sampleListeners.delete(listener)
  }

  async media<M extends MediaMethod>(method: M, payload: MediaRequest<M>): Promise<MediaAnswer<M>> {
    if (!this.#connection) throw new Error('the line is down')
    return this.#connection.request<MediaAnswer<M>>('media', { method, ...payload })
  }

  onMediaNote(listener: (note: MediaNote) => void): () => void {
    this.#mediaListeners.add(listener)
    return () => this.#mediaListeners.delete(listener)
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    this.#noticeListeners.add(listener)
    return () => this.#noticeListeners.delete(listener)
  }

  async leave(): Promise<void> {
    this.#link = { state: 'ended', message: 'You have left.', remedy: 'join-again' }
    this.#endPending()
    await this.#connection?.leave()
  }

  #ask(asked: Asked): Promise<CommandAnswer> {
    if (this.#link.state === 'ended') return Promise.resolve(overNow)
    return new Promise((resolve) => {
      const commandId = newCommandId()
      const pending: Pending = { asked, commandId, answer: resolve, sent: false }
      this.#pending.set(commandId, pending)
      this.#publish()
      void this.#send(pending)
    })
  }

  /** A request that dies with its line stays pending: `#onConnection` sends it on the next. */
  async #send(pending: Pending): Promise<void> {
    const { asked, commandId } = pending
    if (this.#link.state !== 'connected' || !this.#connection || pending.sent) return
    pending.sent = true
    try {
      const payload = { commandId, ...asked }
      this.#settle(pending, await this.#connection.request<CommandAnswer>('command', payload))
    } catch {
      pending.sent = false // the link's own state tells the person
      setTimeout(() => void this.#send(pending), resendAfterMs) // where only the answer was late
    }
  }

  #settle(pending: Pending, answer: CommandAnswer): void {
    if (answer.ok && answer.seq > this.#told.seq) pending.seq = answer.seq
    else this.#pending.delete(pending.commandId)
    this.#publish()
    if (!answer.ok) this.#notice({ tone: 'caution', text: answer.message })
    pending.answer(answer)
  }

  /** A step back or forth that is refused cannot be retraced either way: it is forgotten. */
  async #retrace(retraced: ReturnType<MarkHistory['undo']>): Promise<void> {
    if (!retraced) return
    const answer = await this.#ask(retraced.asked)
    if (answer.ok) return
    this.#marks.forget(retraced.step)
    this.#publish()
  }

  #onState(state: ConferenceState): void {
    this.#told = viewOf(state, this.#me, this.#link, this.#told)
    for (const { seq, commandId } of this.#pending.values()) {
      if (seq !== undefined && seq <= state.seq) this.#pending.delete(commandId)
    }
    this.#publish()
  }

  #onConnection(connection: ConnectionState): void {
    const before = this.#link.state
    this.#link = connection
    this.#told = { ...this.#told, link: connection }
    if (connection.state === 'connected') {
      if (before === 'reconnecting') this.#notice({ tone: 'info', text: 'You are back.' })
      for (const pending of this.#pending.values()) {
        if (pending.seq !== undefined) continue
        pending.sent = false
        void this.#send(pending)
      }
      this.#told = { ...this.#told, seq: -1 } // whatever comes now is read anew
      this.#shownSent = false
    } else {
      this.#samples.clear()
      this.#tellSamples()
    }
    if (connection.state === 'ended') this.#endPending()
    this.#publish()
  }

  /** What was asked and will not be answered is not shown as done. */
  #endPending(): void {
    clearInterval(this.#sampling)
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { answer, seq } of pending) answer(seq === undefined ? overNow : { ok: true, seq })
  }

  #onPoses(frame: Uint8Array): void {
    const samples = decodeDown(frame)
    if (!samples) return
    for (const [poseIndex, sample] of samples) {
      if (Object.keys(sample).length > 0) this.#samples.set(poseIndex, sample)
      else this.#samples.delete(poseIndex)
    }
    this.#tellSamples()
  }

  #tellSamples(): void {
    for (const listener of this.#sampleListeners) listener(this.#samples)
  }

  async #checkHash({ seq, hash }: { seq: number; hash: string }): Promise<void> {
    const state = this.#connection?.state
    if (!state || state.seq !== seq) return
    const mine = await sha256Hex(canonicalState(state))
    if (mine !== undefined && mine !== hash) this.#connection?.renew()
  }

  #sendShown(): void {
    if (this.#shownSent || this.#link.state !== 'connected') return
    this.#shownSent = true
    this.#connection?.sendPose(encodeUp(this.#shown))
  }

  #publish(): void {
    const colour = this.#told.participants.find((p) => p.isMe)?.colour ?? ''
    let view = this.#told
    for (const { asked } of this.#pending.values()) view = foresee(view, asked, colour)
    this.#view = view
    for (const listener of this.#listeners) listener()
  }

  #notice(notice: Notice): void {
    for (const listener of this.#noticeListeners) listener(notice)
  }
}

const overNow: CommandAnswer = {
  ok: false,
  ...reject('conference-closed', 'This page is not in the conference any more.').rejected,
}

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

import { createHash, randomUUID } from 'node:crypto'
import { mayBeMeasured } from '../../shared/conference/marks.ts'
import { type FindingMark, measurementOf } from '../../shared/findings/finding-mark.ts'
import type { Findings, FindingVolume, Minutes } from '../../shared/findings/findings.ts'
import {
  type FindingsSent,
  type FindingsView,
  type KeyImageSummary,
  mostKeyImages,
  type SavedMinutes,
  type SendFindingsRequest,
} from '../../shared/findings/findings-view.ts'
import { markNames, markWords } from '../../shared/findings/mark-words.ts'
import type { AccessLog } from '../audit/access-log.ts'
import { accessActor } from '../audit/access-log.ts'
import type { ConferenceRecord } from '../conference/ports.ts'
import type { Actor } from '../identity/actor.ts'
import { FindingsRefusedError } from './findings-refused-error.ts'
import { marksOf } from './marks-of.ts'
import { participantsOf } from './participants.ts'
import { type Picture, readPicture, rgbOf } from './picture.ts'
import type { FindingsRepository, FindingsSender } from './ports.ts'
import { liesIn, marksOfPrior } from './prior-marks.ts'

export interface FindingsServiceParts {
  readonly findings: FindingsRepository
  readonly sender: FindingsSender
  readonly accessLog: Pick<AccessLog, 'recent'>
  /** Durable once it resolves, before anything leaves: some of it may have when sending fails. */
  readonly recordSent: (actor: Actor, conferenceId: string) => Promise<void>
  readonly conference: (conferenceId: string) => Promise<ConferenceRecord | undefined>
  /** The durable state, of an open or a closed conference. */
  readonly stateOf: (conferenceId: string) => Promise<{ state: Record<string, unknown> }>
  readonly volumesOf: (caseId: string) => Promise<readonly FindingVolume[]>
  readonly now: () => number
  /** Something nobody expected went wrong with a sending; its message names no patient. */
  readonly onError: (conferenceId: string, error: unknown) => void
}

/** A sending of which nothing was heard for so long has died with its process. */
const abandonedAfterMs = 15 * 60_000
/** Entries of one conference's access log: comings, goings, series shown. */
const mostEntries = 20_000
const unexpected = 'Something went wrong in Caseroom itself. Try again; its log says what.'

/** What a conference found: put together, written down, signed, and sent to the PACS. */
export class FindingsService {
  readonly #parts: FindingsServiceParts

  constructor(parts: FindingsServiceParts) {
    this.#parts = parts
  }

  async view(conferenceId: string, actor: Actor): Promise<FindingsView> {
    const { findings, sender } = this.#parts
    const conference = await this.#admit(conferenceId, actor)
    const { caseId, openedAtMs, closedAtMs } = conference
    const [marks, isOfPrior, keyImages, minutes, participants, sent, reason] = await Promise.all([
      this.#marks(conferenceId),
      this.#priorMarks(conference),
      findings.keyImages(conferenceId),
      findings.minutes(conferenceId),
      this.#participants(conferenceId),
      findings.sendings(conferenceId),
      sender.whyNot(caseId),
    ])
    return {
      conferenceId,
      caseId,
      openedAtMs,
      ...(closedAtMs !== undefined && { closedAtMs }),
      marks: marks.map((mark) => {
        const measurement = measurementOf(mark)
        const pointsMm = mark.pointsMm.map(([x, y, z]): [number, number, number] => [x, y, z])
        return {
          ...mark,
          ...saidOf(mark),
          pointsMm,
          ...(measurement && { measurement }),
          ...(isOfPrior(mark) && { ofPrior: true as const }),
        }
      }),
      keyImages,
      minutes,
      participants,
      sent,
      canSend: reason === undefined ? true : { reason },
    }
  }

  /** Durable once it resolves. Refuses where somebody else has saved since `version`. */
  async saveMinutes(
    conferenceId: string,
    actor: Actor,
    { text, version }: SavedMinutes,
  ): Promise<SavedMinutes> {
    await this.#admit(conferenceId, actor)
    const by = accessActor(actor).name
    const atMs = this.#parts.now()
    const saved = await this.#parts.findings.saveMinutes({ conferenceId, text, version, by, atMs })
    if (saved === undefined) {
      throw new FindingsRefusedError(
        'minutes-changed',
        'Somebody else has changed the minutes meanwhile. Look at theirs before you go on.',
      )
    }
    return { text, version: saved }
  }

  async addKeyImage(
    conferenceId: string,
    actor: Actor,
    bytes: Uint8Array,
  ): Promise<KeyImageSummary> {
    await this.#admit(conferenceId, actor)
    const { findings, now } = this.#parts
    if ((await findings.keyImages(conferenceId)).length >= mostKeyImages) {
      throw new FindingsRefusedError(
        'too-many-key-images',
        `A conference keeps at most ${mostKeyImages} key images: remove one first.`,
      )
    }
    const { columns, rows, png } = readPicture(bytes)
    const taken = { keyImageId: randomUUID(), takenAtMs: now(), by: accessActor(actor).name }
    await findings.addKeyImage({ ...taken, conferenceId, columns, rows, png })
    return { ...taken, columns, rows }
  }

  async keyImage(conferenceId: string, actor: Actor, keyImageId: string): Promise<Picture> {
    await this.#admit(conferenceId, actor)
    return this.#picture(conferenceId, keyImageId)
  }

  async removeKeyImage(conferenceId: string, actor: Actor, keyImageId: string): Promise<void> {
    await this.#admit(conferenceId, actor)
    if (!(await this.#parts.findings.removeKeyImage(conferenceId, keyImageId))) {
      throw noSuchKeyImage()
    }
  }

  /**
   * Signs what was chosen and sends it, one sending at a time; resolves when the PACS has it all.
   * Nothing changes hands on a refusal, and the same can be sent again.
   */
  async send(
    conferenceId: string,
    actor: Actor,
    request: SendFindingsRequest,
  ): Promise<FindingsSent> {
    const { findings, sender, recordSent, now, onError } = this.#parts
    const conference = await this.#admit(conferenceId, actor)
    const reason = await sender.whyNot(conference.caseId)
    if (reason !== undefined) throw new FindingsRefusedError('not-sent', reason)
    const content = await this.#contentOf(conference, request)
    const begun = await findings.beginSending(
      {
        sendingId: randomUUID(),
        conferenceId,
        signedBy: request.signedBy,
        atMs: now(),
        digest: digestOf(content, request),
      },
      now() - abandonedAfterMs,
      now(),
    )
    if (!begun) {
      throw new FindingsRefusedError('already-sending', 'These findings are being sent just now.')
    }
    const { sendingId, atMs } = begun
    const fail = async (message: string) => {
      await findings.endSending(sendingId, { state: 'failed', message })
      return new FindingsRefusedError('not-sent', message)
    }
    try {
      const { text, ...chosen } = content
      const minutes = text === '' ? {} : { minutes: await this.#minutes(conference, text, atMs) }
      const signed = { ...chosen, ...minutes, sendingId, atMs, signedBy: request.signedBy }
      await recordSent(actor, conferenceId)
      const outcome = await sender.send(conference.caseId, signed)
      if (!outcome.sent) throw await fail(outcome.message)
      await findings.endSending(sendingId, { state: 'sent', kinds: outcome.kinds })
      return { sent: outcome.kinds.map((kind) => ({ kind, atMs })) }
    } catch (error) {
      if (error instanceof FindingsRefusedError) throw error
      onError(conferenceId, error)
      throw await fail(unexpected)
    }
  }

  async #contentOf(
    conference: ConferenceRecord,
    { annotationIds, keyImageIds }: SendFindingsRequest,
  ): Promise<Pick<Findings, 'volumes' | 'marks' | 'keyImages'> & { text: string }> {
    const { findings, volumesOf } = this.#parts
    const { conferenceId, caseId } = conference
    const marks = chosen(await this.#marks(conferenceId), annotationIds)
    const elsewhere = marks.filter(await this.#priorMarks(conference))
    if (elsewhere.length > 0) throw marksOfPrior(elsewhere)
    const kept = await findings.keyImages(conferenceId)
    const keyImages = await Promise.all(
      [...new Set(keyImageIds)].map(async (keyImageId) => {
        const picture = await this.#picture(conferenceId, keyImageId)
        const { takenAtMs, by } = kept.find((one) => one.keyImageId === keyImageId) ?? unkept()
        const { columns, rows } = picture
        return { keyImageId, takenAtMs, takenBy: by, columns, rows, rgb: () => rgbOf(picture) }
      }),
    )
    const { text } = await findings.minutes(conferenceId)
    if (marks.length === 0 && keyImages.length === 0 && text.trim() === '') {
      throw new FindingsRefusedError(
        'nothing-to-send',
        'There is nothing to send: choose a mark or a key image, or write minutes.',
      )
    }
    return {
      volumes: await volumesOf(caseId),
      marks,
      keyImages: keyImages.toSorted((a, b) => a.takenAtMs - b.takenAtMs),
      text: text.trim() === '' ? '' : text,
    }
  }

  /** As they were when they were signed: tried again after somebody came, they are the same. */
  async #minutes(
    { conferenceId, openedAtMs, closedAtMs }: ConferenceRecord,
    text: string,
    atMs: number,
  ): Promise<Minutes> {
    const wasClosed = closedAtMs !== undefined && closedAtMs <= atMs
    const participants = (await this.#participants(conferenceId))
      .filter(({ joinedAtMs }) => joinedAtMs <= atMs)
      .map(({ name }) => ({ name }))
    return { text, openedAtMs, ...(wasClosed && { closedAtMs }), participants }
  }

  async #picture(conferenceId: string, keyImageId: string): Promise<Picture> {
    const record = await this.#parts.findings.keyImage(conferenceId, keyImageId)
    if (!record) throw noSuchKeyImage()
    return record
  }

  async #marks(conferenceId: string): Promise<FindingMark[]> {
    return marksOf((await this.#parts.stateOf(conferenceId)).state)
  }

  /** Which marks lie in the prior: it is another study, and these findings go into that of the case. */
  async #priorMarks({ priorCaseId }: ConferenceRecord): Promise<(mark: FindingMark) => boolean> {
    const volumes = priorCaseId === undefined ? [] : await this.#parts.volumesOf(priorCaseId)
    return liesIn(volumes)
  }

  async #participants(conferenceId: string) {
    const filter = { subjectId: conferenceId }
    return participantsOf(await this.#parts.accessLog.recent(mostEntries, filter))
  }

  /** The conference, for its attending and for clinicians. */
  async #admit(conferenceId: string, actor: Actor): Promise<ConferenceRecord> {
    const outside = actor.kind === 'participant' && actor.conferenceId !== conferenceId
    const conference = outside ? undefined : await this.#parts.conference(conferenceId)
    if (!conference && !outside) {
      throw new FindingsRefusedError('no-such-conference', 'There is no such conference.')
    }
    const may =
      actor.kind === 'participant' ? actor.role === 'attending' : actor.kind === 'clinician'
    if (!conference || !may) {
      throw new FindingsRefusedError(
        'not-allowed',
        'The findings of a conference are for its attending and for clinicians.',
      )
    }
    return conference
  }
}

/** What a probe or a region read is said in its words. */
function saidOf(mark: FindingMark): { text?: string } {
  if (!mayBeMeasured(mark.kind)) return {}
  return { text: [mark.text ? '' : markNames[mark.kind], markWords(mark)].join(' ').trim() }
}

function chosen(marks: readonly FindingMark[], annotationIds: readonly string[]): FindingMark[] {
  const wanted = new Set(annotationIds)
  const found = marks.filter(({ annotationId }) => wanted.has(annotationId))
  if (found.length === wanted.size) return found
  throw new FindingsRefusedError(
    'no-such-mark',
    'A mark that you chose was deleted meanwhile. Look at the marks again.',
  )
}

/** What makes a sending another one; trying the same again keeps its objects the same. */
function digestOf(
  { marks, text }: Pick<Findings, 'marks'> & { text: string },
  { signedBy, keyImageIds }: SendFindingsRequest,
): string {
  const asked = [signedBy, marks, [...new Set(keyImageIds)].sort(), text]
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex')
}

const noSuchKeyImage = () =>
  new FindingsRefusedError('no-such-key-image', 'There is no such key image any more.')

function unkept(): never {
  throw noSuchKeyImage()
}

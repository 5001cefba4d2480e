import type { Findings, SentKind } from '../../shared/findings/findings.ts'
import type {
  KeyImageSummary,
  SavedMinutes,
  ShownSending,
} from '../../shared/findings/findings-view.ts'

export interface KeyImageRecord {
  readonly conferenceId: string
  readonly keyImageId: string
  readonly takenAtMs: number
  readonly by: string
  readonly columns: number
  readonly rows: number
  /** 8 bits a channel, red, green, blue or with alpha; nothing in it but the picture. */
  readonly png: Uint8Array
}

export interface SendingRecord extends ShownSending {
  readonly conferenceId: string
  /** SHA-256, hex, of what was asked to be sent: the same again is the same sending. */
  readonly digest: string
}

export interface FindingsRepository {
  minutes(conferenceId: string): Promise<SavedMinutes>
  /** The new version; undefined, with nothing changed, where `version` is not the stored one. */
  saveMinutes(saved: {
    conferenceId: string
    text: string
    version: number
    by: string
    atMs: number
  }): Promise<number | undefined>
  addKeyImage(record: KeyImageRecord): Promise<void>
  /** Oldest first. */
  keyImages(conferenceId: string): Promise<KeyImageSummary[]>
  keyImage(conferenceId: string, keyImageId: string): Promise<KeyImageRecord | undefined>
  /** False where there is none such. */
  removeKeyImage(conferenceId: string, keyImageId: string): Promise<boolean>
  /** Newest first. */
  sendings(conferenceId: string): Promise<ShownSending[]>
  /**
   * Notes that a sending begins. One that failed with the same digest begins again under its own id
   * and time; one that has been at it since before `abandonedBeforeMs` has failed. Undefined while
   * another is on its way: one at a time for each conference, whichever process asks.
   */
  beginSending(
    record: Omit<SendingRecord, 'state' | 'kinds' | 'message'>,
    abandonedBeforeMs: number,
    nowMs: number,
  ): Promise<{ sendingId: string; atMs: number } | undefined>
  endSending(
    sendingId: string,
    ended:
      | { readonly state: 'sent'; readonly kinds: readonly SentKind[] }
      | { readonly state: 'failed'; readonly message: string },
  ): Promise<void>
}

export type SendOutcome =
  | { readonly sent: true; readonly kinds: readonly SentKind[] }
  | { readonly sent: false; readonly message: string }

/** The door to the PACS, which alone knows whose the findings are. Messages name no patient. */
export interface FindingsSender {
  /** Why nothing of this case can go out, in words; undefined where it can. */
  whyNot(caseId: string): Promise<string | undefined>
  send(caseId: string, findings: Findings): Promise<SendOutcome>
}

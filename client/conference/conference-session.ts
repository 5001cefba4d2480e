import type { Command } from '../../shared/conference/command.ts'
import type { Verdict } from '../../shared/conference/permissions.ts'
import type { CommandAnswer } from '../../shared/conference/rejection.ts'
import type {
  MediaAnswer,
  MediaMethod,
  MediaNote,
  MediaRequest,
} from '../../shared/protocol/media.ts'
import type { PoseSample } from '../../shared/protocol/pose-sample.ts'
import type { ConferenceView } from './conference-view.ts'

/** A command as a view asks for it; its id is the session's business. */
export type Asked<C = Command> = C extends Command ? Omit<C, 'commandId'> : never

/** One participant's place in a conference, for everything that shows or changes it. */
export interface ConferenceSession {
  /** For useSyncExternalStore. */
  subscribe(listener: () => void): () => void
  getSnapshot(): ConferenceView
  /**
   * Shows the change at once where that can be done, sends it, and takes it back where it is
   * refused; a refusal is also a notice. Never rejects.
   */
  command(asked: Asked): Promise<CommandAnswer>
  /** Whether a control should be there at all, and be enabled. */
  may(type: Command['type'], annotationId?: string): Verdict
  /** Takes back this participant's last mark, or puts back the last one they deleted. */
  undo(): void
  redo(): void
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** What this person shows right now; sent at 30 Hz at most, the latest only. */
  show(sample: PoseSample): void
  /** The others' samples by poseIndex, latest value; called once a frame with new samples. */
  onSamples(listener: (samples: ReadonlyMap<number, PoseSample>) => void): () => void
  /** Asks the SFU's side of the room. Rejects where the line is down or goes down meanwhile. */
  media<M extends MediaMethod>(method: M, payload: MediaRequest<M>): Promise<MediaAnswer<M>>
  onMediaNote(listener: (note: MediaNote) => void): () => void
  /** Words for the person: refusals, losses, recoveries. */
  onNotice(listener: (notice: Notice) => void): () => void
  leave(): Promise<void>
}

export interface Notice {
  readonly tone: 'info' | 'caution' | 'danger'
  readonly text: string
}

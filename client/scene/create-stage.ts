import { ConferenceStage } from './conference-stage.ts'
import type { Stage, StageOptions } from './stage.ts'

export { NoGraphicsError } from './engine.ts'

/** Throws NoGraphicsError, in words, where this page cannot draw volumes. */
export async function createStage(options: StageOptions): Promise<Stage> {
  return new ConferenceStage(options)
}

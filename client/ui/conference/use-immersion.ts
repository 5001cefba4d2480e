import { useSyncExternalStore } from 'react'
import type { ImmersionState } from '../../scene/immersion.ts'
import type { Stage } from '../../scene/stage.ts'

const never = () => () => {}
const looking: ImmersionState = { state: 'looking' }

export function useImmersion(stage: Stage | undefined): ImmersionState {
  return useSyncExternalStore(
    (listener) => stage?.immersion.subscribe(listener) ?? never(),
    () => stage?.immersion.getState() ?? looking,
  )
}

/** In, or out again; nothing where there is no headset. */
export function passDoor(stage: Stage | undefined): void {
  const { state } = stage?.immersion.getState() ?? looking
  // a refusal becomes a state with words
  if (state === 'outside') void stage?.immersion.enter()
  else if (state === 'inside') void stage?.immersion.leave()
}

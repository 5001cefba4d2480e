import type { Engine } from '@babylonjs/core/Engines/engine.js'
import type { StageOptions } from './stage.ts'
import type { StageTelling } from './stage-telling.ts'

/** A device may take the graphics away and give them back: both are said. */
export function watchGraphics(
  engine: Engine,
  parts: {
    readonly telling: StageTelling
    readonly onNotice: StageOptions['onNotice']
    readonly onBack: () => void
  },
): void {
  const { telling, onNotice, onBack } = parts
  engine.onContextLostObservable.add(() => {
    telling.trouble('the graphics were taken away; the picture waits for them')
    const words = 'This device has taken the graphics away. The picture comes back with them.'
    onNotice(words, 'caution')
  })
  engine.onContextRestoredObservable.add(() => {
    telling.trouble(undefined)
    onNotice('The picture is back.', 'info')
    onBack()
  })
}

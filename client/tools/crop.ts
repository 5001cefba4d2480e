import type { CropBox } from '../../shared/conference/looks.ts'
import type { PointerAt, StageSpace } from '../scene/stage-space.ts'
import type { Stroke } from './tool.ts'

/** A fingertip takes hold of what a mouse's point must touch. */
const reachPx = { mouse: 8, touch: 22 } as const

/** Whatever the tool, a handle of the crop box that is pressed is what is dragged. */
export function cropHandle(
  space: StageSpace,
  from: PointerAt,
  pointerType: string,
): Stroke | undefined {
  const drag = space.takeCropHandle(from, pointerType === 'touch' ? reachPx.touch : reachPx.mouse)
  if (!drag) return undefined
  const boxAt = ({ x, y }: PointerAt): CropBox => drag.move(space.patientRay(x, y))
  return {
    move: (at) => space.draftCrop(boxAt(at)),
    end(at) {
      const { minMm, maxMm, enabled } = boxAt(at)
      void space.session.command({ type: 'setCropBox', minMm, maxMm, enabled })
      space.draftCrop(undefined)
    },
    cancel: () => space.draftCrop(undefined),
  }
}

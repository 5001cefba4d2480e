import type { Prior } from '../../../shared/conference/looks.ts'
import type { ImmersionHost } from '../../scene/immersion.ts'
import type { MenuItem } from '../panel/menu-item.ts'

const opening = { arrangement: 'beside', blend: 0.5 } as const
const blendStep = 0.1

/** What the shown volume is compared with and how; one without a common frame is aligned on the page. */
export function priorItems({ session, volumes }: ImmersionHost): readonly MenuItem[] {
  const { prior, shownVolumeId } = session.getSnapshot()
  const others = volumes.filter(({ volumeId }) => volumeId !== shownVolumeId)
  const mayNot = session.may('setPrior') !== 'yes'
  const set = (change: Partial<Prior>) => () => {
    const { volumeId, arrangement, blend, ...by } = { ...opening, ...prior, ...change }
    if (!volumeId) return
    const { translationMm, rotation } = by
    const stays = by.alignment === 'by-hand' && volumeId === prior?.volumeId
    const aligned = stays && translationMm && rotation && { translationMm, rotation }
    void session.command({ type: 'setPrior', volumeId, arrangement, blend, ...aligned })
  }
  const change = (id: string, label: string, to: Partial<Prior>, more: Partial<MenuItem> = {}) => ({
    id,
    label,
    disabled: mayNot || !prior,
    run: set(to),
    ...more,
  })
  const blended = prior?.arrangement === 'blended'
  const share = prior?.blend ?? opening.blend
  const stepped = (by: number) => ({ blend: Math.min(1, Math.max(0, share + by)) })
  const percent = { detail: `${Math.round(100 * share)} %`, disabled: mayNot || !blended }
  return [
    change(
      'beside',
      'Beside',
      { arrangement: 'beside' },
      { pressed: prior !== undefined && !blended },
    ),
    change('blended', 'Blended', { arrangement: 'blended' }, { pressed: blended }),
    change('more', 'More of it', stepped(blendStep), percent),
    change('less', 'Less of it', stepped(-blendStep), percent),
    {
      id: 'off',
      label: 'Off',
      detail: others.length > 0 ? 'the volume alone' : 'nothing to compare',
      disabled: mayNot || !prior,
      run: () => void session.command({ type: 'removePrior' }),
    },
    ...others.map(({ volumeId, label }) => ({
      id: `prior ${volumeId}`,
      label,
      pressed: prior?.volumeId === volumeId,
      disabled: mayNot,
      run: set({ volumeId }),
    })),
  ]
}

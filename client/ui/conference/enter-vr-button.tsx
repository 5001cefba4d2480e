import { RectangleGoggles } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { ImmersionState } from '../../scene/immersion.ts'
import { Tip } from '../common/tip.tsx'

const words = {
  outside: 'Enter VR',
  entering: 'Entering VR',
  inside: 'Leave VR',
} as const

/** There where the browser knows a headset. */
export function EnterVrButton(props: {
  immersion: ImmersionState
  place: 'bar' | 'dock'
  onPress: () => void
}) {
  const { immersion, place, onPress } = props
  const { state } = immersion
  if (state === 'looking' || state === 'unavailable') return null
  const tip = state === 'inside' ? 'Leave the headset; you stay here' : 'Stand in front of it'
  return (
    <Tip text={tip} keys="E" placement="top">
      <Button
        className={place === 'bar' ? 'button bar-button' : 'dock-button'}
        data-testid="enter-vr"
        aria-keyshortcuts="E"
        aria-pressed={state === 'inside'}
        isDisabled={state === 'entering'}
        onPress={onPress}
      >
        <RectangleGoggles className="icon" aria-hidden />
        <span>{words[state]}</span>
      </Button>
    </Tip>
  )
}

import { MonitorUp } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import { Tip } from '../common/tip.tsx'

/** For whoever may share; pressed while the others can watch. */
export function ShareViewButton(props: {
  sharing: boolean
  isDisabled: boolean
  onPress: () => void
}) {
  const { sharing, isDisabled, onPress } = props
  const tip = sharing
    ? 'End showing what you see'
    : 'Show what you see as video, for whoever cannot draw the volume'
  return (
    <Tip text={tip} keys="B" placement="top">
      <Button
        className="button plain bar-button"
        data-testid="share-view"
        aria-pressed={sharing}
        aria-keyshortcuts="B"
        isDisabled={isDisabled}
        onPress={onPress}
      >
        <MonitorUp className="icon" aria-hidden />
        {sharing ? 'Your view is shared' : 'Share your view'}
      </Button>
    </Tip>
  )
}

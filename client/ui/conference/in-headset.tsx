import { Button } from 'react-aria-components/Button'

/** What the page says while its person is in the headset. */
export function InHeadset({ onLeave }: { onLeave: () => void }) {
  return (
    <div className="in-headset" role="status">
      <p>You are in the headset. This page waits.</p>
      <Button className="button" data-testid="leave-headset" onPress={onLeave}>
        Leave the headset
      </Button>
    </div>
  )
}

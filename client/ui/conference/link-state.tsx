import { useEffect, useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { Link } from '../../conference/conference-view.ts'
import { ReloadButton } from '../common/reload-button.tsx'
import { StateMessage } from '../common/state-message.tsx'

/** What to know while the line is down, over the volume; nothing while it is up. */
export function LinkState(props: { link: Link; onRejoin: () => void; onLeave: () => void }) {
  const { link, onRejoin, onLeave } = props
  if (link.state === 'reconnecting') return <Reconnecting sinceMs={link.sinceMs} />
  if (link.state !== 'ended') return null
  return (
    <div className="link-ended" role="alert">
      <StateMessage title={link.message}>
        {link.remedy === 'join-again' && (
          <Button className="button primary" onPress={onRejoin}>
            Join again
          </Button>
        )}
        {link.remedy === 'reload' && <ReloadButton />}
        {link.remedy === 'none' && (
          <Button className="button" onPress={onLeave}>
            Leave this page
          </Button>
        )}
      </StateMessage>
    </div>
  )
}

function Reconnecting({ sinceMs }: { sinceMs: number }) {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.round((nowMs - sinceMs) / 1000))
  return (
    <div className="link-down figures" role="status">
      <span className="pulse" aria-hidden="true" />
      The line is down; trying again for {seconds} s. Your place is kept, and what you do meanwhile
      is sent when it is back.
    </div>
  )
}

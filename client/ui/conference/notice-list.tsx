import { Info, TriangleAlert, X } from 'lucide-react'
import { Button } from 'react-aria-components/Button'
import type { ShownNotice } from './notices.ts'

export function NoticeList(props: {
  notices: readonly ShownNotice[]
  onPutAway: (noticeId: number) => void
}) {
  return (
    <div className="notices" data-testid="notice" role="status" aria-live="polite">
      {props.notices.map(({ noticeId, text, tone }) => {
        const Icon = tone === 'info' ? Info : TriangleAlert
        return (
          <div className="notice" key={noticeId} data-tone={tone}>
            <Icon className="icon" aria-hidden />
            <p>{text}</p>
            <Button
              className="button plain icon-only"
              aria-label="Put away"
              onPress={() => props.onPutAway(noticeId)}
            >
              <X className="icon" aria-hidden />
            </Button>
          </div>
        )
      })}
    </div>
  )
}

import { Info, TriangleAlert, X } from 'lucide-react'
import { useEffect } from 'react'
import { Button } from 'react-aria-components/Button'
import type { Notice } from '../../conference/conference-session.ts'
import type { ShownNotice } from './notices.ts'

const staysMs: Record<Notice['tone'], number> = { info: 5_000, caution: 9_000, danger: 20_000 }

/** Each goes by itself, or when it is put away. */
export function NoticeList(props: {
  notices: readonly ShownNotice[]
  onPutAway: (noticeId: number) => void
}) {
  return (
    <div className="notices" data-testid="notice" role="status" aria-live="polite">
      {props.notices.map((notice) => (
        <NoticeView key={notice.noticeId} notice={notice} onPutAway={props.onPutAway} />
      ))}
    </div>
  )
}

function NoticeView(props: { notice: ShownNotice; onPutAway: (noticeId: number) => void }) {
  const { notice, onPutAway } = props
  const { noticeId, text, tone } = notice
  const Icon = tone === 'info' ? Info : TriangleAlert
  useEffect(() => {
    const timer = setTimeout(() => onPutAway(noticeId), staysMs[tone])
    return () => clearTimeout(timer)
  }, [noticeId, tone, onPutAway])
  return (
    <div className="notice" data-tone={tone}>
      <Icon className="icon" aria-hidden />
      <p>{text}</p>
      <Button
        className="button plain icon-only"
        aria-label="Put away"
        onPress={() => onPutAway(noticeId)}
      >
        <X className="icon" aria-hidden />
      </Button>
    </div>
  )
}

import { useCallback, useEffect, useState } from 'react'
import type { ConferenceSession, Notice } from '../../conference/conference-session.ts'

export interface ShownNotice extends Notice {
  readonly noticeId: number
}

const staysMs: Record<Notice['tone'], number> = { info: 5_000, caution: 9_000, danger: 20_000 }
const mostAtOnce = 3
let nextNoticeId = 0

/** Words for the person, newest last; each goes by itself, or when it is put away. */
export function useNotices(session: ConferenceSession) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([])
  const putAway = useCallback(
    (noticeId: number) => setNotices((now) => now.filter((n) => n.noticeId !== noticeId)),
    [],
  )
  const say = useCallback(
    (text: string, tone: Notice['tone'] = 'info') => {
      const noticeId = nextNoticeId++
      setNotices((now) => [
        ...now.filter((n) => n.text !== text).slice(1 - mostAtOnce),
        { noticeId, text, tone },
      ])
      setTimeout(() => putAway(noticeId), staysMs[tone])
    },
    [putAway],
  )
  useEffect(() => session.onNotice(({ text, tone }) => say(text, tone)), [session, say])
  return { notices, say, putAway }
}

import { useCallback, useEffect, useState } from 'react'
import type { ConferenceSession, Notice } from '../../conference/conference-session.ts'
import type { MediaSession } from '../../media/media-session.ts'

export interface ShownNotice extends Notice {
  readonly noticeId: number
}

const mostAtOnce = 3
let nextNoticeId = 0

/** Words for the person, newest last; the same words are not said twice at once. */
export function useNotices(session: ConferenceSession, media: MediaSession) {
  const [notices, setNotices] = useState<readonly ShownNotice[]>([])
  const putAway = useCallback(
    (noticeId: number) => setNotices((now) => now.filter((n) => n.noticeId !== noticeId)),
    [],
  )
  const say = useCallback((text: string, tone: Notice['tone'] = 'info') => {
    const noticeId = nextNoticeId++
    setNotices((now) => [
      ...now.filter((n) => n.text !== text).slice(1 - mostAtOnce),
      { noticeId, text, tone },
    ])
  }, [])
  useEffect(() => {
    const ends = [session, media].map((from) => from.onNotice(({ text, tone }) => say(text, tone)))
    return () => {
      for (const end of ends) end()
    }
  }, [session, media, say])
  return { notices, say, putAway }
}

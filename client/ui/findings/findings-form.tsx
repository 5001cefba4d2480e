import { useEffect, useRef, useState } from 'react'
import type { FindingsView } from '../../../shared/findings/findings-view.ts'
import { type FindingsOf, readFindings, saveMinutes } from '../../api/findings.ts'
import { KeyImages } from './key-images.tsx'
import { Marks } from './marks.tsx'
import { MinutesDraft } from './minutes-draft.ts'
import { MinutesEditor } from './minutes-editor.tsx'
import { SentList } from './sent-list.tsx'
import { SignAndSend } from './sign-and-send.tsx'
import { prefilledMinutes } from './words.ts'

/** Everything that can go out, all of it chosen until somebody leaves something out; marks on a prior stay. */
export function FindingsForm(props: { of: FindingsOf; view: FindingsView; onChanged: () => void }) {
  const { of, view, onChanged } = props
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(
    () => new Set(view.marks.filter(({ ofPrior }) => ofPrior).map((mark) => mark.annotationId)),
  )
  const draft = useDraft(of, view)
  const choose = (id: string, chosen: boolean) => {
    setLeftOut((now) => {
      const then = new Set(now)
      if (chosen) then.delete(id)
      else then.add(id)
      return then
    })
  }
  const marks = view.marks.filter(({ ofPrior }) => !ofPrior)
  const chosen = (ids: readonly string[]) => ids.filter((id) => !leftOut.has(id))
  const annotationIds = chosen(marks.map(({ annotationId }) => annotationId))
  const keyImageIds = chosen(view.keyImages.map(({ keyImageId }) => keyImageId))
  return (
    <>
      <Marks marks={view.marks} leftOut={leftOut} onChoose={choose} />
      <KeyImages
        of={of}
        images={view.keyImages}
        leftOut={leftOut}
        onChoose={choose}
        onChanged={onChanged}
      />
      <MinutesEditor draft={draft} participants={view.participants} />
      <SignAndSend
        of={of}
        view={view}
        chosen={{ annotationIds, keyImageIds }}
        draft={draft}
        onChanged={onChanged}
      />
      <SentList sent={view.sent} />
    </>
  )
}

/** One draft for as long as the page is there; what is typed is with the server before it goes. */
function useDraft(of: FindingsOf, view: FindingsView): MinutesDraft {
  const made = useRef<MinutesDraft>(undefined)
  made.current ??= new MinutesDraft(view.minutes, prefilledMinutes(view), {
    save: (minutes, leaving) => saveMinutes(of, minutes, leaving),
    read: async () => (await readFindings(of, new AbortController().signal)).minutes,
  })
  const draft = made.current
  useEffect(() => {
    const save = () => void draft.flush(true) // nobody is left to hear how it went
    addEventListener('pagehide', save)
    return () => {
      removeEventListener('pagehide', save)
      save()
    }
  }, [draft])
  return draft
}

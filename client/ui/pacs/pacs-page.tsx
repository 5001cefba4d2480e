import { Search, ServerOff, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { PacsStudy } from '../../../shared/pacs/pacs.ts'
import { type StudyQuestion, searchStudies } from '../../api/pacs.ts'
import { count } from '../common/format.ts'
import { StateMessage } from '../common/state-message.tsx'
import { useLoaded } from '../common/use-loaded.ts'
import { useTitle } from '../common/use-title.ts'
import type { ImportList } from '../import/import-list.ts'
import { BringBar } from './bring-bar.tsx'
import { SearchForm } from './search-form.tsx'
import { nothingChosen, toggled } from './series-choice.ts'
import { StudyList } from './study-list.tsx'
import './pacs.css'

/** Looks for studies in the hospital's PACS and brings series of them in. */
export function PacsPage(props: { isSetUp: boolean | undefined; imports: ImportList }) {
  const { isSetUp, imports } = props
  const [asked, setAsked] = useState<{ question: StudyQuestion; nth: number }>()
  useTitle('PACS')
  if (isSetUp === undefined) return <StateMessage heading={1} title="One moment…" />
  if (!isSetUp) {
    return (
      <StateMessage
        icon={ServerOff}
        heading={1}
        title="No PACS is set up here"
        text="Whoever runs Caseroom sets PACS_DICOMWEB_URL; until then bring files in on the import page."
      />
    )
  }
  return (
    <div className="pacs">
      <div>
        <h1>PACS</h1>
        <p className="quiet">
          Find a study, pick its series. * stands for any characters, ? for one.
        </p>
      </div>
      <SearchForm
        onSearch={(question) => setAsked((now) => ({ question, nth: (now?.nth ?? 0) + 1 }))}
      />
      {asked ? (
        <Found key={asked.nth} question={asked.question} imports={imports} />
      ) : (
        <StateMessage
          icon={Search}
          title="Nothing has been searched for"
          text="What the PACS answers is shown on this page and kept nowhere."
        />
      )}
    </div>
  )
}

function Found({ question, imports }: { question: StudyQuestion; imports: ImportList }) {
  const [loaded, again] = useLoaded('', (signal) => searchStudies(question, signal))
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const [choice, setChoice] = useState(nothingChosen)
  if (loaded.state === 'loading') return <StateMessage title="Asking the PACS…" />
  if (loaded.state === 'failed') {
    return (
      <StateMessage icon={TriangleAlert} title="The search failed" text={loaded.message}>
        <Button className="button" onPress={again}>
          Try again
        </Button>
      </StateMessage>
    )
  }
  const { studies, more } = loaded.value
  if (studies.length === 0) {
    return (
      <StateMessage
        icon={Search}
        title="No study matches"
        text="Fewer fields, or * in a name, may find more."
      />
    )
  }
  const setOpened = ({ studyInstanceUID }: PacsStudy, isOpen: boolean) => {
    setOpen((now) => {
      const next = new Set(now)
      if (isOpen) next.add(studyInstanceUID)
      else next.delete(studyInstanceUID)
      return next
    })
  }
  return (
    <>
      <section aria-label="Found">
        <p className="quiet figures" role="status">
          {more
            ? `The first ${count(studies.length, 'study', 'studies')}; there are more: narrow the search.`
            : count(studies.length, 'study', 'studies')}
        </p>
        <StudyList
          studies={studies}
          open={open}
          choice={choice}
          onOpen={setOpened}
          onToggle={(study, series) => setChoice((now) => toggled(now, study, series))}
        />
      </section>
      <BringBar choice={choice} imports={imports} />
    </>
  )
}

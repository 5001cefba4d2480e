import { ArrowLeft, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import type { FindingsView } from '../../../shared/findings/findings-view.ts'
import { type FindingsOf, readFindings } from '../../api/findings.ts'
import { clock, day } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { StateMessage } from '../common/state-message.tsx'
import { useLoaded } from '../common/use-loaded.ts'
import { useTitle } from '../common/use-title.ts'
import { FindingsForm } from './findings-form.tsx'
import '../library/library.css'
import './findings.css'

/** What a conference found, for whoever signs it. `token`: the attending's, who may not be signed in. */
export function FindingsPage(props: { conferenceId: string; token?: string | undefined }) {
  const { conferenceId, token } = props
  const [of] = useState<FindingsOf>({ conferenceId, ...(token !== undefined && { token }) })
  const [loaded, again] = useLoaded(conferenceId, (signal) => readFindings(of, signal))
  useTitle('Findings')
  const view =
    loaded.state === 'there' ? loaded.value : loaded.state === 'loading' ? loaded.before : undefined
  return (
    <div className="findings">
      <PageLink to="/library" className="back quiet">
        <ArrowLeft className="icon" aria-hidden />
        Library
      </PageLink>
      {loaded.state === 'failed' && (
        <StateMessage
          heading={1}
          icon={TriangleAlert}
          title="The findings did not load"
          text={loaded.message}
        >
          <Button className="button" onPress={again}>
            Try again
          </Button>
        </StateMessage>
      )}
      {loaded.state === 'loading' && !view && (
        <StateMessage heading={1} title="Loading the findings…" />
      )}
      {view && (
        <>
          <Head view={view} />
          <FindingsForm of={of} view={view} onChanged={again} />
        </>
      )}
    </div>
  )
}

function Head({ view }: { view: FindingsView }) {
  const { openedAtMs, closedAtMs } = view
  return (
    <div>
      <h1>Findings</h1>
      <p className="quiet figures">
        Conference of {day(openedAtMs)}, {clock(openedAtMs)}
        {closedAtMs === undefined ? ', still open' : `–${clock(closedAtMs)}`}
      </p>
    </div>
  )
}

import { useState, useSyncExternalStore } from 'react'
import { Button } from 'react-aria-components/Button'
import type { CaseDetails } from '../../../shared/case/case.ts'
import { readCase, readPriors } from '../../api/cases.ts'
import type { ConferenceSession } from '../../conference/conference-session.ts'
import { StateMessage } from '../common/state-message.tsx'
import { useLoaded } from '../common/use-loaded.ts'
import { useTitle } from '../common/use-title.ts'
import { ConferenceDesk } from './conference-desk.tsx'
import { tableOf } from './prior-panel-table.ts'
import type { OpenStage } from './stage-pane.tsx'
import '../common/controls.css'

export interface ConferencePageProps {
  readonly session: ConferenceSession
  readonly token: () => string
  readonly joinedAtMs: number
  readonly signedIn: boolean
  readonly openStage: OpenStage
  readonly onLeave: () => void
  readonly onRejoin: () => void
}

/** Inside: reads the case with the participant's own token, then shows it. */
export function ConferencePage(props: ConferencePageProps) {
  const { session, token, onLeave } = props
  const { caseId } = useSyncExternalStore(session.subscribe, session.getSnapshot)
  const [loaded, again] = useLoaded(caseId, () => readTable(caseId, token()))
  const [table, setTable] = useState<CaseDetails>()
  if (loaded.state === 'there' && loaded.value !== table) setTable(loaded.value)
  useTitle(table?.title ?? 'Conference')
  if (table) return <ConferenceDesk {...props} details={table} />
  return (
    <main className="conference-waiting">
      {loaded.state === 'failed' ? (
        <StateMessage heading={1} title="The case did not load" text={loaded.message}>
          <Button className="button primary" onPress={again}>
            Try again
          </Button>
          <Button className="button plain" onPress={onLeave}>
            Leave
          </Button>
        </StateMessage>
      ) : (
        <StateMessage heading={1} title="Loading the case…" />
      )}
    </main>
  )
}

async function readTable(caseId: string, token: string): Promise<CaseDetails> {
  const [details, priors] = await Promise.all([readCase(caseId, token), readPriors(caseId, token)])
  return tableOf(details, priors)
}

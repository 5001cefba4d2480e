import type { PastConference } from '../../../shared/findings/findings-view.ts'
import { listPastConferences } from '../../api/findings.ts'
import { clock, day } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { useLoaded } from '../common/use-loaded.ts'
import './findings.css'

/** Those that are over, each with the way to what it found. */
export function PastConferences() {
  const [loaded] = useLoaded('past-conferences', listPastConferences)
  if (loaded.state === 'failed') {
    return (
      <section className="past-conferences" aria-label="Past conferences">
        <p className="quiet">The past conferences did not load. {loaded.message}</p>
      </section>
    )
  }
  if (loaded.state !== 'there' || loaded.value.length === 0) return null
  return (
    <section className="past-conferences" aria-labelledby="past-conferences">
      <h2 id="past-conferences">Past conferences</h2>
      <ul>
        {loaded.value.map((conference) => (
          <Past key={conference.conferenceId} conference={conference} />
        ))}
      </ul>
    </section>
  )
}

function Past({ conference }: { conference: PastConference }) {
  const { conferenceId, caseId, openedBy, openedAtMs } = conference
  return (
    <li>
      <span className="quiet figures">
        Opened by {openedBy}, {day(openedAtMs)} {clock(openedAtMs)}
      </span>
      <span className="past-conference-links">
        <PageLink to={`/library?case=${encodeURIComponent(caseId)}`}>See its case</PageLink>
        <PageLink className="button" to={`/findings/${encodeURIComponent(conferenceId)}`}>
          Findings
        </PageLink>
      </span>
    </li>
  )
}

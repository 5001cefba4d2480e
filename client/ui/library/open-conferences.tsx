import { useState } from 'react'
import { Button } from 'react-aria-components/Button'
import { type ConferenceSummary, freshLinks, listConferences } from '../../api/conferences.ts'
import { whoAmI } from '../../api/identity.ts'
import { clock, day } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { useLoaded } from '../common/use-loaded.ts'

const load = async () => ({ me: await whoAmI(), conferences: await listConferences() })

/** Those that people can join now; whoever opened one leads it, the code is what a guest types. */
export function OpenConferences() {
  const [loaded] = useLoaded('conferences', load)
  if (loaded.state === 'failed') {
    return (
      <section className="open-conferences" aria-label="Open conferences">
        <p className="quiet">The open conferences did not load. {loaded.message}</p>
      </section>
    )
  }
  if (loaded.state !== 'there' || loaded.value.conferences.length === 0) return null
  const { me, conferences } = loaded.value
  return (
    <section className="open-conferences" aria-labelledby="open-conferences">
      <h2 id="open-conferences">Open conferences</h2>
      <ul>
        {conferences.map((conference) => (
          <OpenConference
            key={conference.conferenceId}
            conference={conference}
            mine={conference.openedBy === me?.name}
          />
        ))}
      </ul>
    </section>
  )
}

function OpenConference({ conference, mine }: { conference: ConferenceSummary; mine: boolean }) {
  const { conferenceId, caseId, code, openedBy, openedAtMs } = conference
  const [failure, setFailure] = useState('')
  const lead = () => {
    freshLinks(conferenceId).then(
      ({ attending }) => location.assign(attending),
      (error: Error) => setFailure(error.message),
    )
  }
  return (
    <li>
      <span className="conference-code figures">{code}</span>
      <span className="quiet" role={failure ? 'alert' : undefined}>
        {failure || `Opened by ${openedBy}, ${day(openedAtMs)} ${clock(openedAtMs)}`}
      </span>
      <span className="open-conference-links">
        <PageLink to={`/library?case=${encodeURIComponent(caseId)}`}>See its case</PageLink>
        <PageLink to={`/findings/${encodeURIComponent(conferenceId)}`}>Findings</PageLink>
        {mine ? (
          <Button className="button" onPress={lead}>
            Join as attending
          </Button>
        ) : (
          <a className="button" href={`/join#${code}`}>
            Join by code
          </a>
        )}
      </span>
    </li>
  )
}

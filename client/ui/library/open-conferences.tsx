import { listConferences } from '../../api/conferences.ts'
import { clock, day } from '../common/format.ts'
import { PageLink } from '../common/page-link.tsx'
import { useLoaded } from '../common/use-loaded.ts'

/** Those that people can join now; the code is what a guest types. */
export function OpenConferences() {
  const [loaded] = useLoaded('conferences', listConferences)
  if (loaded.state === 'failed') {
    return (
      <section className="open-conferences" aria-label="Open conferences">
        <p className="quiet">The open conferences did not load. {loaded.message}</p>
      </section>
    )
  }
  if (loaded.state !== 'there' || loaded.value.length === 0) return null
  return (
    <section className="open-conferences" aria-labelledby="open-conferences">
      <h2 id="open-conferences">Open conferences</h2>
      <ul>
        {loaded.value.map(({ conferenceId, caseId, code, openedBy, openedAtMs }) => (
          <li key={conferenceId}>
            <span className="conference-code figures">{code}</span>
            <span className="quiet">
              Opened by {openedBy}, {day(openedAtMs)} {clock(openedAtMs)}
            </span>
            <span className="open-conference-links">
              <PageLink to={`/library?case=${encodeURIComponent(caseId)}`}>See its case</PageLink>
              <a className="button" href={`/join#${code}`}>
                Join by code
              </a>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

import type { OpenedConference } from '../../api/conferences.ts'
import { CopyButton } from '../common/copy-button.tsx'

const roles = [
  ['attending', 'Attending', 'presents, hands over, closes'],
  ['resident', 'Resident', 'points, marks, takes the lead when handed'],
  ['observer', 'Observer', 'watches'],
] as const

/** What to send to whom. Links work many times, for 24 hours. */
export function ConferenceLinks({ opened }: { opened: OpenedConference }) {
  const { code, links } = opened
  return (
    <section className="conference-links" aria-labelledby="conference-open">
      <div className="conference-links-head">
        <div>
          <h2 id="conference-open">The conference is open</h2>
          <p className="quiet">Links and code work many times, for 24 hours.</p>
        </div>
        <a className="button primary" href={links.attending}>
          Join now
        </a>
      </div>
      <div className="copy-row">
        <div>
          <span className="label">Code, joins as resident</span>
          <output className="conference-code figures" data-testid="conference-code">
            {code}
          </output>
        </div>
        <CopyButton what="the code" text={code} />
      </div>
      {roles.map(([role, name, may]) => (
        <div className="copy-row" key={role}>
          <div className="link-words">
            <span>
              {name} <span className="quiet">{may}</span>
            </span>
            <span className="copied label" data-testid={`link-${role}`}>
              {links[role]}
            </span>
          </div>
          <CopyButton what={`the ${role} link`} text={links[role]} />
        </div>
      ))}
    </section>
  )
}

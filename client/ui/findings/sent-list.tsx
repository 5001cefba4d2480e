import type { ShownSending } from '../../../shared/findings/findings-view.ts'
import { clock, day } from '../common/format.ts'
import { sentWords } from './words.ts'

/** What the PACS has been sent, and what not and why. */
export function SentList({ sent }: { sent: readonly ShownSending[] }) {
  if (sent.length === 0) return null
  return (
    <section className="findings-part" aria-labelledby="findings-sent">
      <h2 id="findings-sent">Sent so far</h2>
      <ul className="findings-list" data-testid="findings-sent">
        {sent.map((sending) => (
          <li key={sending.sendingId} data-state={sending.state}>
            <span>{outcome(sending)}</span>
            <span className="label figures">
              Signed by {sending.signedBy}, {day(sending.atMs)} {clock(sending.atMs)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function outcome({ state, kinds, message }: ShownSending): string {
  if (state === 'sent') return `In the PACS: ${sentWords(kinds)}.`
  if (state === 'sending') return 'Being sent…'
  return `Not sent. ${message ?? ''} Sign again to try once more.`
}

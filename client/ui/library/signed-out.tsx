import { LockKeyhole } from 'lucide-react'
import { PageLink } from '../common/page-link.tsx'
import { StateMessage } from '../common/state-message.tsx'

/** For whoever comes without a login: how to get one, in a sentence. */
export function SignedOut() {
  return (
    <StateMessage
      icon={LockKeyhole}
      heading={1}
      title="The library is for those who are signed in"
      text="Open the attending’s link that the server printed when it started; a guest joins with a link or a code."
    >
      <PageLink to="/join" className="button">
        Join with a code
      </PageLink>
    </StateMessage>
  )
}

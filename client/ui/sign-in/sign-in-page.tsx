import { useEffect, useRef, useState } from 'react'
import { wordsFor } from '../../api/http.ts'
import { type Person, signIn } from '../../api/identity.ts'
import { navigate, takeFragment } from '../common/route.ts'
import { StateMessage } from '../common/state-message.tsx'
import { useTitle } from '../common/use-title.ts'

/** Redeems a one-time link and goes on to the library. */
export function SignInPage({ onSignedIn }: { onSignedIn: (person: Person) => void }) {
  const [refusal, setRefusal] = useState<string>()
  const redeemed = useRef(false)
  useTitle('Sign in')
  useEffect(() => {
    if (redeemed.current) return
    redeemed.current = true
    const token = takeFragment()
    if (!token) {
      setRefusal('This page needs the link that the server printed when it started.')
      return
    }
    signIn(token).then(
      (person) => {
        onSignedIn(person)
        navigate('/library', 'replace')
      },
      (error: unknown) => setRefusal(wordsFor(error)),
    )
  }, [onSignedIn])
  return refusal ? (
    <StateMessage heading={1} title="You are not signed in" text={refusal} />
  ) : (
    <StateMessage heading={1} title="Signing in…" />
  )
}

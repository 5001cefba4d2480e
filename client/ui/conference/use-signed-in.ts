import { useEffect, useState } from 'react'
import { whoAmI } from '../../api/identity.ts'
import type { Attendance } from './attendance.ts'

/** Whether the library is this person's too; only an attending's link can have signed them in. */
export function useSignedIn(attendance: Attendance): boolean {
  const [signedIn, setSignedIn] = useState(false)
  const role = attendance.state === 'inside' && attendance.session.getSnapshot().me.role
  useEffect(() => {
    if (role !== 'attending') return
    whoAmI().then(
      (person) => setSignedIn(person !== undefined),
      () => setSignedIn(false), // without an answer the link to the library stays away
    )
  }, [role])
  return signedIn
}

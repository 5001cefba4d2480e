import { z } from 'zod'

const seat = z.object({
  key: z.union([z.object({ invitation: z.string() }), z.object({ code: z.string() })]),
  displayName: z.string(),
  token: z.string(),
  conferenceId: z.string(),
})

/** What this tab needs to come back as the same participant; it goes with the tab. */
export type Seat = z.infer<typeof seat>

const seatKey = 'caseroom.seat'
const invitationKey = 'caseroom.invitation'
const nameKey = 'caseroom.name'

export function storedSeat(): Seat | undefined {
  const text = sessionStorage.getItem(seatKey)
  if (!text) return undefined
  const parsed = seat.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : undefined
}

export const keepSeat = (kept: Seat): void => sessionStorage.setItem(seatKey, JSON.stringify(kept))

export const clearSeat = (): void => sessionStorage.removeItem(seatKey)

/** The invitation leaves the address bar, and a reload of the lobby still knows it. */
export function keptInvitation(fragment: string): string | undefined {
  if (fragment) sessionStorage.setItem(invitationKey, fragment)
  return sessionStorage.getItem(invitationKey) ?? undefined
}

export const clearInvitation = (): void => sessionStorage.removeItem(invitationKey)

export const storedName = (): string => localStorage.getItem(nameKey) ?? ''
export const keepName = (name: string): void => localStorage.setItem(nameKey, name)

/** On a shared computer the next person is nobody: no seat, no invitation, no name. */
export function forgetPerson(): void {
  clearSeat()
  clearInvitation()
  localStorage.removeItem(nameKey)
}

export const installationRoles = ['admin', 'clinician'] as const
export type InstallationRole = (typeof installationRoles)[number]

export const conferenceRoles = ['attending', 'resident', 'observer'] as const
export type ConferenceRole = (typeof conferenceRoles)[number]

/** Who asks: a person of this installation, or somebody who joined one conference by link or code. */
export type Actor = InstallationActor | ParticipantActor

export interface InstallationActor {
  readonly kind: InstallationRole
  readonly name: string
}

/** May read `caseId` and `priorCaseId` with their volumes and nothing else of the library. */
export interface ParticipantActor {
  readonly kind: 'participant'
  readonly conferenceId: string
  readonly caseId: string
  /** What the case is compared with. */
  readonly priorCaseId?: string
  readonly participantId: string
  readonly role: ConferenceRole
  readonly displayName: string
}

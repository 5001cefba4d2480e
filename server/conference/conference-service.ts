import { createHash, randomBytes, randomInt, randomUUID } from 'node:crypto'
import { isGuess, type LinkedBy } from '../../shared/case/prior.ts'
import type { Role } from '../../shared/conference/role.ts'
import type { AccessLog } from '../audit/access-log.ts'
import { accessActor } from '../audit/access-log.ts'
import type { Actor, InstallationActor } from '../identity/actor.ts'
import { signToken, verifyToken } from '../identity/tokens.ts'
import type { ConferenceHost } from './conference-host.ts'
import { ConferenceRefusedError } from './conference-refused-error.ts'
import type { ConferenceRecord, ConferenceRepository, InvitationRepository } from './ports.ts'

export interface ConferenceServiceParts {
  readonly host: ConferenceHost
  readonly conferences: ConferenceRepository
  readonly invitations: InvitationRepository
  readonly accessLog: AccessLog
  readonly caseExists: (caseId: string) => Promise<boolean>
  /** What tells that both cases are of one patient; undefined where nothing does. */
  readonly priorLink: (caseId: string, priorCaseId: string) => Promise<LinkedBy | undefined>
  /** Whether guests may see the case: a face in it is masked, or somebody answers for it. */
  readonly mayShow: (caseId: string) => Promise<boolean>
  readonly secretKey: Uint8Array
  /** Where join links lead, without a slash at the end. */
  readonly publicUrl: string
  readonly now: () => number
}

export interface OpenRequest {
  readonly caseId: string
  readonly priorCaseId?: string | undefined
  /** Who opens it says that both are of one patient. */
  readonly samePatient?: true | undefined
}

export interface Links {
  readonly attending: string
  readonly resident: string
  readonly observer: string
}

export interface JoinRequest {
  readonly code?: string | undefined
  readonly invitation?: string | undefined
  readonly displayName: string
  /** The token of an earlier join: come back as the same participant. */
  readonly rejoin?: string | undefined
}

export interface Joined {
  readonly seat: unknown
  readonly participantId: string
  readonly role: Role
  readonly token: string
  /** The invitation also signs in; who opens the door sets the cookie. */
  readonly signsIn?: InstallationActor
}

interface Admission {
  readonly conference: ConferenceRecord
  readonly role: Role
  /** Hash of the invitation that may still sign somebody in. */
  readonly signInWith?: string
}

const linkLifetimeMs = 24 * 60 * 60 * 1000
/** From the opening of its conference. */
const codeLifetimeMs = 24 * 60 * 60 * 1000
const codeLength = 6
/** Without I, L, O, 0 and 1, which are read for one another. */
const codeLetters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Opening conferences and letting people in. */
export class ConferenceService {
  readonly #parts: ConferenceServiceParts

  constructor(parts: ConferenceServiceParts) {
    this.#parts = parts
  }

  async open({ caseId, priorCaseId, samePatient }: OpenRequest, actor: Actor) {
    const { conferences, accessLog, now } = this.#parts
    if (!(await this.#parts.caseExists(caseId))) {
      throw new ConferenceRefusedError('no-such-case', 'There is no such case.')
    }
    const link = priorCaseId === undefined ? 'none' : await this.#linkTo(caseId, priorCaseId)
    if (link === 'guess' && !samePatient) throw patientUnconfirmed()
    const record: ConferenceRecord = {
      conferenceId: randomUUID(),
      caseId,
      ...(priorCaseId !== undefined && { priorCaseId }),
      code: await this.#freeCode(),
      openedBy: accessActor(actor).name,
      openedAtMs: now(),
    }
    await conferences.add(record)
    const { conferenceId, code } = record
    const entry = { atMs: now(), actor: accessActor(actor), subjectId: conferenceId }
    await accessLog.record({ ...entry, action: 'opened' })
    if (link === 'guess') await accessLog.record({ ...entry, action: 'confirmed-patient' })
    return { conferenceId, code, links: await this.links(conferenceId) }
  }

  /** Fresh links for whoever opened it and has lost the first ones. */
  async linksFor(conferenceId: string, actor: Actor): Promise<Links> {
    const conference = await this.#parts.conferences.find(conferenceId)
    if (!conference) throw noSuchConference()
    if (conference.closedAtMs !== undefined) throw closed()
    if (conference.openedBy !== accessActor(actor).name) {
      throw new ConferenceRefusedError('not-yours', 'Only who opened a conference has its links.')
    }
    return this.links(conferenceId)
  }

  /** Fresh links for the three roles; earlier ones go on working until they expire. */
  async links(conferenceId: string): Promise<Links> {
    const [attending, resident, observer] = await Promise.all([
      this.invite(conferenceId, 'attending'),
      this.invite(conferenceId, 'resident'),
      this.invite(conferenceId, 'observer'),
    ])
    return { attending, resident, observer }
  }

  /** A join link; its 32 random bytes are stored as a hash only. */
  async invite(conferenceId: string, role: Role, signsIn?: 'clinician'): Promise<string> {
    const invitation = randomBytes(32).toString('base64url')
    await this.#parts.invitations.add({
      invitationHash: hashOf(invitation),
      conferenceId,
      role,
      expiresAtMs: this.#parts.now() + linkLifetimeMs,
      ...(signsIn && { signsIn }),
    })
    return `${this.#parts.publicUrl}/join#${invitation}`
  }

  async join(request: JoinRequest): Promise<Joined> {
    const { conference, role, signInWith } = await this.#admit(request)
    const { conferenceId, caseId, priorCaseId } = conference
    if (role !== 'attending') await this.#refuseToShowFace(conference)
    const { displayName } = request
    const participantId = this.#returning(request.rejoin, conferenceId, role) ?? randomUUID()
    const seat = await this.#parts.host.reserve(conferenceId, { participantId, displayName, role })
    const token = signToken(this.#parts.secretKey, {
      purpose: 'conference',
      conferenceId,
      caseId,
      ...(priorCaseId !== undefined && { priorCaseId }),
      participantId,
      role,
      displayName,
      expiresAtMs: this.#parts.now() + linkLifetimeMs,
    })
    const signsIn = signInWith && (await this.#parts.invitations.redeemSignIn(signInWith))
    return {
      seat,
      participantId,
      role,
      token,
      ...(signsIn && { signsIn: { kind: 'clinician', name: displayName } }),
    }
  }

  /** Whether tokens of its participants still open anything; false where there is none. */
  async isOpen(conferenceId: string): Promise<boolean> {
    const closedHere = this.#parts.host.isClosed(conferenceId)
    if (closedHere !== undefined) return !closedHere
    const record = await this.#parts.conferences.find(conferenceId)
    return record !== undefined && record.closedAtMs === undefined
  }

  async stateOf(conferenceId: string) {
    if (!(await this.#parts.conferences.find(conferenceId))) {
      throw noSuchConference()
    }
    return this.#parts.host.stateOf(conferenceId)
  }

  list(filter: { open: boolean; limit: number }): Promise<ConferenceRecord[]> {
    return this.#parts.conferences.list(filter)
  }

  async #admit({ code, invitation }: JoinRequest): Promise<Admission> {
    const { conferences, invitations, now } = this.#parts
    if (invitation !== undefined) {
      const invited = await invitations.find(hashOf(invitation))
      if (!invited)
        throw new ConferenceRefusedError('no-such-invitation', 'This link is not valid.')
      if (invited.expiresAtMs <= now()) {
        throw new ConferenceRefusedError(
          'invitation-expired',
          'This link has expired: ask for a new one.',
        )
      }
      const conference = await conferences.find(invited.conferenceId)
      if (!conference || conference.closedAtMs !== undefined) throw closed()
      const { role, signsIn, invitationHash } = invited
      return { conference, role, ...(signsIn && { signInWith: invitationHash }) }
    }
    const conference = await conferences.findOpenByCode((code ?? '').toUpperCase())
    if (!conference) {
      throw new ConferenceRefusedError(
        'no-such-code',
        'No open conference has this code. Check it.',
      )
    }
    if (conference.openedAtMs + codeLifetimeMs <= now()) {
      throw new ConferenceRefusedError(
        'code-expired',
        'This code has expired: ask for a link to the conference.',
      )
    }
    return { conference, role: 'resident' }
  }

  async #linkTo(caseId: string, priorCaseId: string): Promise<'known' | 'guess'> {
    const link = await this.#parts.priorLink(caseId, priorCaseId)
    if (!link) throw notAPrior()
    return isGuess(link) ? 'guess' : 'known'
  }

  async #refuseToShowFace({ caseId, priorCaseId }: ConferenceRecord): Promise<void> {
    for (const shown of [caseId, priorCaseId]) {
      if (shown !== undefined && !(await this.#parts.mayShow(shown))) throw faceVisible()
    }
  }

  #returning(rejoin: string | undefined, conferenceId: string, role: Role): string | undefined {
    if (rejoin === undefined) return undefined
    const claims = verifyToken(this.#parts.secretKey, 'conference', rejoin, this.#parts.now())
    const same = claims?.conferenceId === conferenceId && claims.role === role
    return same ? claims.participantId : undefined
  }

  async #freeCode(): Promise<string> {
    for (;;) {
      const code = Array.from(
        { length: codeLength },
        () => codeLetters[randomInt(codeLetters.length)],
      ).join('')
      if (!(await this.#parts.conferences.findOpenByCode(code))) return code
    }
  }
}

const noSuchConference = () =>
  new ConferenceRefusedError('no-such-conference', 'There is no such conference.')

const notAPrior = () =>
  new ConferenceRefusedError(
    'not-a-prior',
    'A case is compared with another one of the same patient: this is none.',
  )

const patientUnconfirmed = () =>
  new ConferenceRefusedError(
    'patient-unconfirmed',
    'Nothing says for certain that both cases are of one patient: confirm it, then compare them.',
  )

const faceVisible = () =>
  new ConferenceRefusedError(
    'face-visible',
    'This scan may show the face of the patient. The attending has to mask it, or answer for it, before guests come in.',
  )

const closed = () =>
  new ConferenceRefusedError('conference-closed', 'The conference has been closed.')

function hashOf(invitation: string): string {
  return createHash('sha256').update(Buffer.from(invitation, 'base64url')).digest('hex')
}

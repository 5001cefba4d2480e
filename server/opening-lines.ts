import type { ConferenceService } from './conference/conference-service.ts'
import type { Config } from './config/config.ts'
import type { SignIn } from './identity/sign-in.ts'
import type { CaseRepository } from './library/ports.ts'

export interface OpeningLines {
  readonly attending: string
  readonly guests: string
}

export interface OpeningParts {
  readonly config: Pick<Config, 'demoCase' | 'publicUrl'>
  readonly cases: Pick<CaseRepository, 'count' | 'findDemo'>
  readonly conferences: Pick<ConferenceService, 'list' | 'open' | 'invite'>
  readonly signIn: Pick<SignIn, 'newLink'>
  /** The demo case's id, importing it where it is not there yet. */
  readonly ensureDemoCase: () => Promise<string>
  /** Without its demo case the house opens as it does without one. */
  readonly onDemoFailure: (error: unknown) => void
}

const mostConferences = 1000

/**
 * The two addresses printed when all is ready: with the demo case, a conference on it, the same one
 * as long as it is open; without, a one-time sign-in link and the page that takes a code.
 */
export async function openingLines(parts: OpeningParts): Promise<OpeningLines> {
  const { config, conferences, signIn } = parts
  const caseId = (await showsDemo(parts)) ? await demoCase(parts) : undefined
  if (caseId === undefined) {
    const token = await signIn.newLink({ kind: 'clinician', name: 'Attending' })
    return {
      attending: `${config.publicUrl}/sign-in#${token}`,
      guests: `${config.publicUrl}/join`,
    }
  }
  const open = await conferences.list({ open: true, limit: mostConferences })
  const { conferenceId } =
    open.find((conference) => conference.caseId === caseId) ??
    (await conferences.open({ caseId }, { kind: 'admin', name: 'Caseroom' }))
  return {
    attending: await conferences.invite(conferenceId, 'attending', 'clinician'),
    guests: await conferences.invite(conferenceId, 'resident'),
  }
}

async function demoCase(parts: OpeningParts): Promise<string | undefined> {
  try {
    return await parts.ensureDemoCase()
  } catch (error) {
    parts.onDemoFailure(error)
    return undefined
  }
}

async function showsDemo({ config, cases }: OpeningParts): Promise<boolean> {
  if (config.demoCase !== 'default') return config.demoCase === 'on'
  const count = await cases.count()
  return count === 0 || (count === 1 && (await cases.findDemo()) !== undefined)
}

import type { Caseroom } from './start-caseroom.ts'

export interface OpenedConference {
  readonly conferenceId: string
  readonly links: Record<'attending' | 'resident' | 'observer', string>
}

/** A new conference on the newest case. */
export async function openConference(at: Caseroom): Promise<OpenedConference> {
  const token = at.token('clinician')
  const read = async <T>(response: Response) => (await response.json()) as T
  const { cases } = await read<{ cases: { caseId: string }[] }>(
    await at.call('GET', '/api/cases', { token }),
  )
  const body = { caseId: cases[0]?.caseId }
  return read(await at.call('POST', '/api/conferences', { token, body }))
}

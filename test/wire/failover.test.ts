import { afterEach, describe, expect, it } from 'vitest'
import { drill } from '../support/failover-drill.ts'
import { Installation } from '../support/installation.ts'
import { openConference } from '../support/open-conference.ts'

let installation: Installation | undefined
afterEach(() => installation?.remove())

describe('a process that hosts a conference is killed', { timeout: 600_000 }, () => {
  it.each([
    { database: 'postgres', kills: 20 },
    { database: 'sqlite', kills: 3 },
  ] as const)(
    '[OPS-2] [CASE-9] $kills times while six people work, on $database: nothing acknowledged is lost or doubled',
    async ({ database, kills }) => {
      const env = { DEMO_CASE: 'on', MEDIA_WORKERS: '0' }
      installation = await Installation.start({ database, env })
      const [first] = installation.processes
      if (!first) throw new Error('there is no process')
      const { links } = await openConference(first)
      const result = await drill(installation, links, { kills, residents: 4 })
      expect(result).toMatchObject({ lost: 0, doubled: 0 })
      expect(result.backMs).toHaveLength(kills)
      expect(result.acknowledged).toBeGreaterThan(kills * 10)
      expect(new Set(result.hashes).size).toBe(1)
    },
  )
})

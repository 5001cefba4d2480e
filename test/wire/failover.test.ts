import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drill } from '../support/failover-drill.ts'
import { Installation } from '../support/installation.ts'
import { openConference } from '../support/open-conference.ts'

const kills = 20

describe('a process that hosts a conference is killed', () => {
  let installation: Installation
  beforeAll(async () => {
    const env = { DEMO_CASE: 'on', MEDIA_WORKERS: '0' }
    installation = await Installation.start({ database: 'postgres', env })
  }, 120_000)
  afterAll(() => installation?.remove())

  it(`[OPS-2] [CASE-9] ${kills} times while six people work: nothing acknowledged is lost or doubled`, async () => {
    const { links } = await openConference(installation.processes[0]!)
    const result = await drill(installation, links, { kills, residents: 4 })
    expect(result).toMatchObject({ lost: 0, doubled: 0 })
    expect(result.backMs).toHaveLength(kills)
    expect(result.acknowledged).toBeGreaterThan(kills * 10)
    expect(new Set(result.hashes).size).toBe(1)
    process.stdout.write(
      `back after ${result.backMs.map((ms) => ms.toFixed(0)).join(', ')} ms; ${result.acknowledged} acknowledged\n`,
    )
  }, 600_000)
})

import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

const script = `
  import { createLogger } from ${JSON.stringify(new URL('./logger.ts', import.meta.url).href)}
  const log = createLogger('info')
  const cause = Object.assign(new Error('ENOENT /data/MUELLER^HANS.dcm'), { code: 'ENOENT' })
  log.info({ requestId: 'r1', status: 200, patientName: 'MUELLER^HANS', url: '/join#MUELLER' }, 'done')
  log.error({ error: new TypeError('bad value MUELLER^HANS\\n    x', { cause }) }, 'failed')
  log.error({ error: 'Error: MUELLER^HANS\\n    at file.ts:1:2' }, 'failed')
  log.warn({ conferenceId: { name: 'MUELLER^HANS' } }, 'odd')
`

describe('the log', () => {
  it('drops every field that is not on the list, and the words of errors', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module-typescript', '-e', script],
      { encoding: 'utf8' },
    )
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/MUELLER/)
    const [done, failed, frames, odd] = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(done).toEqual({
      level: 'info',
      time: expect.any(String),
      requestId: 'r1',
      status: 200,
      msg: 'done',
    })
    expect(failed.error).toMatchObject({ name: 'TypeError', cause: { code: 'ENOENT' } })
    expect(failed.error.at[0]).toMatch(/^at /)
    expect(frames.error.at).toEqual(['at file.ts:1:2'])
    expect(odd).not.toHaveProperty('conferenceId')
  })
})

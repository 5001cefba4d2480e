import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { Attendant } from '../support/attendant.ts'
import { openConference } from '../support/open-conference.ts'
import { startCaseroom } from '../support/start-caseroom.ts'
import { startPostgres } from '../support/start-postgres.ts'
import { until } from '../support/until.ts'
import { infra } from './infra-compose.ts'

const undo: (() => unknown)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

const runbook = readFileSync(join(infra, 'runbook.md'), 'utf8')

/** A line of the runbook, as the command that runs inside the container. */
function command(container: string, program: string): string {
  const line = new RegExp(
    `^docker compose (?:exec -T|run --rm -T --no-deps) ${container} (${program} .*)$`,
    'm',
  )
  const [, inside] = line.exec(runbook) ?? []
  if (!inside) throw new Error(`the runbook has no ${program} in ${container}`)
  return inside
}

it('[OPS-1] what the runbook saves is the whole house, and what it restores goes on', async () => {
  const postgres = await startPostgres()
  undo.push(postgres.stop)
  const copies = mkdtempSync(join(tmpdir(), 'caseroom-backup-'))
  undo.push(() => rmSync(copies, { recursive: true }))
  const databaseUrl = await postgres.createDatabase('caseroom')
  const before = await startCaseroom({ env: { DATABASE_URL: databaseUrl, DEMO_CASE: 'on' } })
  undo.push(() => before.remove())
  await before.opened()
  const { links, conferenceId } = await openConference(before)
  const attending = await Attendant.join(before.url, links.attending, 'Dr Ada Okafor')
  const mark = { annotationId: 'kept', kind: 'point', pointsMm: [[1, 2, 3]] }
  expect(await attending.command('addAnnotation', mark)).toMatchObject({ ok: true })
  await attending.leave()

  const run = (line: string, url: string, dataDir: string) => {
    const here = line
      .replace('-U caseroom', '')
      .replace(/(pg_dump .*) caseroom /, `$1 '${url}' `)
      .replace('-d caseroom', `-d '${url}'`)
      .replace('-C /data', `-C ${dataDir}`)
    execFileSync('sh', ['-c', here], { cwd: copies })
  }
  run(command('postgres', 'pg_dump'), databaseUrl, before.dataDir)
  run(command('app1', 'tar .*-cf'), databaseUrl, before.dataDir)
  await before.stop()

  const emptyUrl = await postgres.createDatabase('empty')
  const dataDir = mkdtempSync(join(tmpdir(), 'caseroom-test-'))
  run(command('postgres', 'pg_restore'), emptyUrl, dataDir)
  run(command('app1', 'tar .*-xf'), emptyUrl, dataDir)
  expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['secret.key', 'volumes']))
  const after = await startCaseroom({ dataDir, env: { DATABASE_URL: emptyUrl, DEMO_CASE: 'off' } })
  undo.push(() => after.remove())

  const guest = await Attendant.join(after.url, links.resident, 'Ben Resident')
  await until('the mark', () => guest.state?.annotations.has('kept'))
  expect(guest.conferenceId).toBe(conferenceId)
  await guest.leave()
  const token = after.token('clinician')
  const listed = await after.call('GET', '/api/cases', { token })
  const { cases } = (await listed.json()) as { cases: { caseId: string }[] }
  expect(cases).toHaveLength(1)
  const details = await after.call('GET', `/api/cases/${cases[0]?.caseId}`, { token })
  const { volumes } = (await details.json()) as { volumes: { volumeId: string }[] }
  const zarr = `/api/volumes/${volumes[0]?.volumeId}/zarr/zarr.json`
  expect((await after.call('GET', zarr, { token })).status).toBe(200)
}, 120_000)

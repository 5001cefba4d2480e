import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSecretKey } from '../../server/config/secret-key.ts'
import { verifyToken } from '../../server/identity/tokens.ts'
import { freePort } from '../support/free-port.ts'
import { Caseroom } from '../support/start-caseroom.ts'
import { testData } from '../support/test-data.ts'
import { twoStudies } from './two-studies.ts'

const command = join(import.meta.dirname, '../../server/commands/import.ts')

async function runImport(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [command, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  return { stdout, stderr, exitCode }
}

describe.each([{ args: [] }, { args: ['--lan'] }])('npm run import, server $args', ({ args }) => {
  let caseroom: Caseroom
  let env: Record<string, string>
  beforeAll(async () => {
    caseroom = await Caseroom.spawn({ args, env: { LOG_LEVEL: 'error' } })
    await caseroom.listening()
    env = { DATA_DIR: caseroom.dataDir, PUBLIC_URL: caseroom.url, PORT: `${caseroom.port}` }
  })
  afterAll(async () => {
    await caseroom.remove()
  })

  it('[IN-1] brings a folder in, says how far it is, and ends with the case', async () => {
    const folder = testData('dicom', 'ct-gantry-tilt-16.5')
    const { stdout, stderr, exitCode } = await runImport([folder, '--title', 'Skull'], env)
    expect([exitCode, stderr]).toEqual([0, expect.stringContaining('sending 20 files\n')])
    expect(stdout).toMatch(/^[0-9a-f]{32}\n$/)
  })

  it('[IN-1] ends with a case for each study', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'caseroom-studies-'))
    try {
      const { earlier, later } = twoStudies()
      for (const [n, bytes] of [...later, ...earlier].entries()) {
        writeFileSync(join(folder, String(n)), bytes)
      }
      const { stdout, exitCode } = await runImport([folder], env)
      expect(exitCode).toBe(0)
      expect(stdout).toMatch(/^[0-9a-f]{32}\n[0-9a-f]{32}\n$/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('says in words why there is no case, and fails', async () => {
    const { stdout, stderr, exitCode } = await runImport([testData('dicom', 'odd-notavolume')], env)
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toContain('(duplicate-slice)')
    expect(stderr).toMatch(/The import was rejected\.\n$/)
  })

  it('never tells the server, or anybody, the name of a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'caseroom-names-'))
    try {
      cpSync(testData('README.md'), join(folder, 'SMITH^JOHN'))
      const { stdout, stderr } = await runImport([folder], env)
      expect(stdout + stderr + caseroom.stderr).not.toContain('SMITH')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('says in one sentence what to do with another installation’s key', async () => {
    const { stderr, exitCode } = await runImport([testData('README.md')], {
      ...env,
      SECRET_KEY: 'x'.repeat(40),
    })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(/^(sending 1 files\n)?Caseroom does not know this script: .*\.\n$/)
  })
})

it('npm run import shows a server a token that is worth nothing an hour later', async () => {
  const shown: string[] = []
  const server = createServer((request, response) => {
    shown.push(request.headers.authorization ?? '')
    request
      .resume()
      .once('end', () => response.writeHead(request.method === 'GET' ? 200 : 401).end())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dataDir = mkdtempSync(join(tmpdir(), 'caseroom-key-'))
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await runImport([testData('README.md')], { DATA_DIR: dataDir, PUBLIC_URL: url })
    expect(shown).toEqual(['', expect.stringMatching(/^Bearer /)])
    const token = shown[1]?.slice('Bearer '.length) ?? ''
    const key = loadSecretKey(dataDir, undefined)
    const now = Date.now()
    expect(verifyToken(key, 'api', token, now)).toMatchObject({ role: 'clinician' })
    expect(verifyToken(key, 'api', token, now + 3_600_000)).toBeUndefined()
    expect(readdirSync(dataDir).map((name) => statSync(join(dataDir, name)).mode & 0o077)).toEqual([
      0,
    ])
  } finally {
    server.close()
    rmSync(dataDir, { recursive: true })
  }
})

it('npm run import says how to start the server where none answers', async () => {
  const env = { PORT: `${await freePort()}`, DATA_DIR: tmpdir() }
  const { stdout, stderr, exitCode } = await runImport([testData('README.md')], env)
  expect([exitCode, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^No Caseroom answers at http:\/\/127\.0\.0\.1:\d+: .*npm start.*\.\n$/)
})

it('npm run import says what is wrong with its arguments', async () => {
  expect(await runImport([], {})).toMatchObject({
    exitCode: 1,
    stderr: expect.stringMatching(/^Usage: npm run import -- PATH/),
  })
  const gone = await runImport(['/nowhere/at/all'], {})
  expect(gone.stderr).toBe('One of the paths is not there, or may not be read.\n')
})

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { parseEnv } from 'node:util'
import { infra } from './infra-compose.ts'

export interface FirstStart {
  readonly folder: string
  readonly env: Record<string, string>
  remove(): void
}

/** What new-env.sh makes for this machine; from now on this test trusts its certificate. */
export function firstStart(): FirstStart {
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-infra-'))
  execFileSync('sh', [join(infra, 'new-env.sh'), 'localhost', '127.0.0.1'], {
    env: { PATH: process.env.PATH, INFRA_DIR: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const before = getCACertificates('default')
  const certificate = readFileSync(join(folder, 'tls/fullchain.pem'), 'utf8')
  setDefaultCACertificates([...before, certificate])
  return {
    folder,
    env: parseEnv(readFileSync(join(folder, '.env'), 'utf8')) as Record<string, string>,
    remove: () => {
      setDefaultCACertificates(before)
      rmSync(folder, { recursive: true })
    },
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { loadConfig } from '../../server/config/config.ts'
import { type Env, envNames } from '../../server/config/env.ts'
import { type ComposeFile, infra } from './infra-compose.ts'

/** With values as Compose puts them in; what is empty counts as not set, as the server reads it. */
function overlay(name: string, env: Record<string, string>): ComposeFile {
  const text = readFileSync(join(infra, name), 'utf8').replace(
    /\$\{(\w+):([-?])([^}]*)\}/g,
    (_, variable: string, kind: string, word: string) => {
      if (!env[variable] && kind === '?') throw new Error(`${variable}: ${word}`)
      return env[variable] ?? word
    },
  )
  return parse(text)
}
const envOf = (file: ComposeFile, name: string): Env =>
  Object.fromEntries(
    Object.entries(file.services[name]?.environment ?? {}).filter(([, value]) => value !== ''),
  )

describe('the PACS in infra', () => {
  it('[OPS-1] compose.pacs.yaml gives both processes what the server takes', () => {
    const file = overlay('compose.pacs.yaml', { PACS_DICOMWEB_URL: 'https://pacs.example.org/d' })
    for (const name of ['app1', 'app2']) {
      const env = envOf(file, name)
      for (const key of Object.keys(env)) expect(envNames).toContain(key)
      expect(loadConfig(env, { lan: false }).pacs).toEqual({
        dicomWebUrl: 'https://pacs.example.org/d',
        login: undefined,
      })
    }
    expect(() => overlay('compose.pacs.yaml', {})).toThrow('PACS_DICOMWEB_URL')
  })

  it('[OPS-1] compose.dimse.yaml publishes the port on which one process listens', () => {
    const file = overlay('compose.dimse.yaml', { DIMSE_ALLOWED_AE: 'WORKSTATION1,CT2@192.0.2.7' })
    expect(Object.keys(file.services)).toEqual(['app1'])
    const env = envOf(file, 'app1')
    for (const key of Object.keys(env)) expect(envNames).toContain(key)
    const { dimse } = loadConfig(env, { lan: false })
    expect(dimse).toMatchObject({ host: '0.0.0.0', port: 11112, aeTitle: 'CASEROOM' })
    expect(file.services.app1?.ports).toEqual(['0.0.0.0:11112:11112'])
    expect(() => overlay('compose.dimse.yaml', {})).toThrow('DIMSE_ALLOWED_AE')
  })
})

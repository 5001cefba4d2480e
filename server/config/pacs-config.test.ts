import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import type { Env } from './env.ts'

const load = (env: Env) => loadConfig(env, { lan: false })
const url = 'https://pacs.example.org/dicom-web/'

describe('the settings of the PACS', () => {
  it('[IN-2] without an address there is no PACS, and without a port nobody listens', () => {
    expect(load({}).pacs).toBeUndefined()
    expect(load({}).dimse).toBeUndefined()
    expect(load({ DIMSE_AE_TITLE: 'CASEROOM' }).dimse).toBeUndefined()
  })

  it('[IN-2] an address, with or without a login', () => {
    const dicomWebUrl = 'https://pacs.example.org/dicom-web'
    expect(load({ PACS_DICOMWEB_URL: url }).pacs).toEqual({ dicomWebUrl, login: undefined })
    const login = { username: 'me', password: 'a:b' }
    const env = { PACS_DICOMWEB_URL: url, PACS_USERNAME: 'me', PACS_PASSWORD: 'a:b' }
    expect(load(env).pacs).toEqual({ dicomWebUrl, login })
  })

  it('[IN-3] a receiver listens where the pages do unless told otherwise, and takes from a list', () => {
    const env = { DIMSE_PORT: '11112', DIMSE_ALLOWED_AE: 'WS 1, CT2@192.0.2.7' }
    expect(load(env).dimse).toEqual({
      aeTitle: 'CASEROOM',
      host: '127.0.0.1',
      port: 11112,
      allowed: [
        { aeTitle: 'WS 1', host: undefined },
        { aeTitle: 'CT2', host: '192.0.2.7' },
      ],
      tls: undefined,
    })
    expect(load({ DIMSE_PORT: '104', DIMSE_HOST: '0.0.0.0' }).dimse).toMatchObject({
      host: '0.0.0.0',
      allowed: [],
    })
  })

  it.each<[Env, RegExp]>([
    [{ PACS_DICOMWEB_URL: 'ftp://pacs' }, /^PACS_DICOMWEB_URL must/],
    [{ PACS_DICOMWEB_URL: 'https://me:secret@pacs/' }, /^PACS_DICOMWEB_URL must/],
    [{ PACS_USERNAME: 'me', PACS_PASSWORD: 'secret' }, /need PACS_DICOMWEB_URL\.$/],
    [{ PACS_DICOMWEB_URL: url, PACS_USERNAME: 'me' }, /belong together/],
    [{ DIMSE_AE_TITLE: 'LONGER THAN SIXTEEN' }, /^DIMSE_AE_TITLE must/],
    [{ DIMSE_PORT: '70000' }, /^DIMSE_PORT must/],
    [{ DIMSE_PORT: '104', DIMSE_ALLOWED_AE: 'GOOD,,' }, /^DIMSE_ALLOWED_AE must/],
    [{ DIMSE_PORT: '104', DIMSE_ALLOWED_AE: 'GOOD@a@b' }, /^DIMSE_ALLOWED_AE must/],
    [{ DIMSE_ALLOWED_AE: 'GOOD' }, /need DIMSE_PORT/],
    [{ DIMSE_PORT: '104', DIMSE_TLS_CERT: '/nowhere' }, /^DIMSE_TLS_CERT must/],
    [{ DIMSE_PORT: '104', DIMSE_TLS_CERT: import.meta.filename }, /belong together/],
  ])('%o is refused in one sentence without its value', (env, words) => {
    expect(() => load(env)).toThrow(words)
    expect(() => load(env)).not.toThrow(/secret/)
  })
})

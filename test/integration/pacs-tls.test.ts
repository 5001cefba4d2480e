import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PacsStudies } from '../../shared/pacs/pacs.ts'
import { freePort } from '../support/free-port.ts'
import { startCaseroom } from '../support/start-caseroom.ts'

const folder = mkdtempSync(join(tmpdir(), 'caseroom-pacs-tls-'))
const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
let pacs: Server

beforeAll(async () => {
  const pems = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  })
  writeFileSync(cert, pems.cert)
  writeFileSync(key, pems.private)
  pacs = createServer({ cert: pems.cert, key: pems.private }, (_, response) => {
    response.setHeader('Content-Type', 'application/dicom+json').end('[]')
  }).listen(0, '127.0.0.1')
  await once(pacs, 'listening')
})
afterAll(() => {
  pacs.closeAllConnections()
  pacs.close()
  rmSync(folder, { recursive: true })
})

describe('the PACS by TLS', () => {
  const search = async (env: Record<string, string>) => {
    const { port } = pacs.address() as AddressInfo
    const caseroom = await startCaseroom({
      env: { PACS_DICOMWEB_URL: `https://127.0.0.1:${port}`, ...env },
    })
    try {
      const options = { token: caseroom.token(), body: { patientName: 'Doe' } }
      const answer = await caseroom.call('POST', '/api/pacs/studies/search', options)
      return (await answer.json()) as PacsStudies & { error?: { code: string } }
    } finally {
      await caseroom.remove()
    }
  }

  it('[IN-2] a certificate that nobody vouches for ends it, in words', async () => {
    expect((await search({})).error?.code).toBe('pacs-untrusted')
  })

  it('[IN-2] one of the hospital’s own authority is taken with NODE_EXTRA_CA_CERTS', async () => {
    expect(await search({ NODE_EXTRA_CA_CERTS: cert })).toEqual({ studies: [], more: false })
  })
})

describe('workstations that send by TLS', () => {
  it('[IN-3] are answered, and those without are not', async () => {
    const port = await freePort()
    const caseroom = await startCaseroom({
      env: {
        DIMSE_PORT: `${port}`,
        DIMSE_ALLOWED_AE: 'ECHOSCU',
        DIMSE_TLS_CERT: cert,
        DIMSE_TLS_KEY: key,
      },
    })
    const args = ['-to', '3', '-aec', 'CASEROOM', '127.0.0.1', `${port}`]
    const echo = (...more: string[]) =>
      execFileSync('/usr/bin/echoscu', [...more, ...args], { stdio: 'pipe' })
    try {
      echo('+tla', '+cf', cert)
      expect(() => echo()).toThrow()
    } finally {
      await caseroom.remove()
    }
  })
})

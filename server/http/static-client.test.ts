import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLogger } from '../logger.ts'
import { errorHandler, noSuchRoute } from './errors.ts'
import { staticClient } from './static-client.ts'

const script = 'console.log("a page")'.repeat(100)
const packed = brotliCompressSync(script)
let folder: string
let server: Server

const serve = async (client: string) => {
  const app = express().use(staticClient(client), noSuchRoute, errorHandler(createLogger('silent')))
  const listening = app.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  return listening
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'caseroom-client-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Caseroom</title>')
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets/app-a1b2.js'), script)
  writeFileSync(join(folder, 'assets/app-a1b2.js.br'), packed)
  writeFileSync(join(folder, 'assets/small-c3.css'), 'a{}')
  server = await serve(folder)
})
afterAll(async () => {
  server.close()
  await once(server, 'close')
  rmSync(folder, { recursive: true })
})

/** As a browser asks, except that nothing is unpacked and no path is tidied. */
async function ask(path: string, acceptEncoding = '', from = server) {
  const { port } = from.address() as AddressInfo
  const headers = { 'accept-encoding': acceptEncoding, connection: 'close' }
  const request = get({ host: '127.0.0.1', port, path, headers })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, body: await buffer(response) }
}

describe('the pages', () => {
  it('are one page at every address it routes, asked for anew each time', async () => {
    for (const path of [
      '/',
      '/join',
      '/library',
      '/import',
      '/pacs',
      '/sign-in',
      '/conference/abc',
      '/findings/abc',
    ]) {
      const { status, headers, body } = await ask(path)
      expect(status, path).toBe(200)
      expect(headers['content-type']).toMatch(/^text\/html/)
      expect(headers['cache-control']).toBe('no-cache')
      expect(body.toString()).toContain('Caseroom')
    }
    expect((await ask('/favicon.svg')).headers['cache-control']).toBe('no-cache')
  })

  it('keep their assets forever, packed for those who can unpack', async () => {
    const plain = await ask('/assets/app-a1b2.js', 'gzip')
    expect(plain.body.toString()).toBe(script)
    expect(plain.headers['content-encoding']).toBeUndefined()
    const small = await ask('/assets/app-a1b2.js', 'gzip, deflate, br')
    expect(small.body).toEqual(packed)
    expect(small.headers['content-encoding']).toBe('br')
    for (const { headers } of [plain, small]) {
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable')
      expect(headers['content-type']).toMatch(/javascript/)
      expect(headers.vary).toMatch(/Accept-Encoding/)
    }
    expect((await ask('/assets/small-c3.css', 'br')).body.toString()).toBe('a{}')
  })

  it('are nowhere else, and nothing outside their folder is served', async () => {
    for (const path of [
      '/none',
      '/assets/none.js',
      '/conference/',
      '/../package.json',
      '/assets/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/%00',
    ]) {
      const { status, body } = await ask(path, 'br')
      expect([400, 403, 404], path).toContain(status)
      expect(JSON.parse(body.toString())).toHaveProperty('error.code')
    }
  })

  it('that are not built yet are asked for in words', async () => {
    const empty = await serve(join(folder, 'nowhere'))
    const { status, body } = await ask('/', '', empty)
    empty.close()
    expect(status).toBe(503)
    expect(body.toString()).toContain('npm run setup')
  })
})

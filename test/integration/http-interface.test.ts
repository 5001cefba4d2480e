import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { apiRoutes } from '../../server/http/api-routes.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
beforeAll(async () => {
  caseroom = await startCaseroom()
})
afterAll(() => caseroom.remove())

const withIds = (path: string) => path.replaceAll(/:\w+/g, 'none').replace('*key', 'zarr.json')

describe('the HTTP interface', () => {
  for (const { method, path, audience } of apiRoutes) {
    it(`${method} ${path} is there, for ${audience}`, async () => {
      const call = async (token?: string) => {
        const at =
          path === '/api/imports/:importId/events' ? '/api/imports/none/events' : withIds(path)
        const response = await caseroom.call(method.toUpperCase(), at, { token })
        const text = await response.text()
        expect(text).not.toContain('no-such-route')
        return response.status
      }
      const nobody = await call()
      if (audience === 'anybody') expect([401, 403]).not.toContain(nobody)
      else expect(nobody).toBe(401)
      expect([401, 403]).not.toContain(await call(caseroom.token('admin')))
      const clinician = await call(caseroom.token('clinician'))
      if (audience === 'admin') expect(clinician).toBe(403)
      else expect([401, 403]).not.toContain(clinician)
    })
  }

  it('has no route that is not in the table', () => {
    const folder = join(import.meta.dirname, '../../server/http/routes')
    const sources = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
    const declared = sources.flatMap((source) =>
      [...source.matchAll(/router\.(\w+)\(\s*'([^']+)'/g)].map(
        ([, verb, path]) => `${verb} ${path}`,
      ),
    )
    const listed = apiRoutes.map(({ method, path }) => `${method} ${path}`)
    expect(declared.toSorted()).toEqual(listed.toSorted())
  })

  it('is described by the OpenAPI document it serves', async () => {
    const response = await caseroom.call('GET', '/api/openapi.json')
    const document = (await response.json()) as {
      openapi: string
      paths: Record<string, Record<string, Operation>>
    }
    expect(document.openapi).toBe('3.1.0')
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    )
    const listed = apiRoutes.map(
      ({ method, path }) => `${method} ${path.replaceAll(/[:*](\w+)/g, '{$1}')}`,
    )
    expect(described.toSorted()).toEqual(listed.toSorted())
    const importStatus = document.paths['/api/imports/{importId}']?.get
    expect(importStatus?.parameters.map(({ name }) => name)).toEqual(['importId'])
    const schema = importStatus?.responses['200']?.content['application/json']?.schema
    expect(schema?.required).toContain('problems')
  })

  it('answers an unknown route, a broken body and a body too large in words', async () => {
    const token = caseroom.token()
    const raw = (body: string) =>
      fetch(`${caseroom.url}/api/conferences`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      })
    const answers = [
      [await caseroom.call('GET', '/api/none', { token }), 404, 'no-such-route'],
      [await caseroom.call('DELETE', '/api/cases/none', { token }), 404, 'no-such-route'],
      [await raw('{"caseId":'), 400, 'bad-request'],
      [await raw('{"caseId":7}'), 400, 'bad-request'],
      [await raw(''), 400, 'bad-request'],
      [await raw(JSON.stringify({ caseId: 'x'.repeat(70_000) })), 413, 'body-too-large'],
      [await caseroom.call('GET', '/api/cases/%ff', { token }), 400, 'bad-request'],
      [await raw('{"caseId":"none"}'), 404, 'no-such-case'],
    ] as const
    for (const [response, status, code] of answers) {
      expect(response.status).toBe(status)
      const body = (await response.json()) as { error: { code: string; message: string } }
      expect(body.error.code).toBe(code)
      expect(body.error.message).toMatch(/\.$/)
    }
  })

  it('counts in /metrics what the contract names', async () => {
    const text = await (await caseroom.call('GET', '/metrics')).text()
    expect(text).toMatch(/^caseroom_conferences 0$/m)
    expect(text).toMatch(/^caseroom_participants\{role="resident"\} 0$/m)
    expect(text).toMatch(/^# TYPE caseroom_commands_total counter$/m)
    expect(text).toMatch(/^# TYPE caseroom_imports_total counter$/m)
  })

  it('gives its figures to a collector on this machine, not through a proxy on it', async () => {
    const ask = (headers: Record<string, string>) => fetch(`${caseroom.url}/metrics`, { headers })
    const through = { 'x-forwarded-for': '192.0.2.7' }
    expect((await ask({})).status).toBe(200)
    expect((await ask(through)).status).toBe(401)
    const authorization = `Bearer ${caseroom.token('clinician')}`
    expect((await ask({ ...through, authorization })).status).toBe(200)
  })

  it('names every request', async () => {
    const ids = await Promise.all(
      Array.from({ length: 5 }, async () =>
        (await caseroom.call('GET', '/health/live')).headers.get('x-request-id'),
      ),
    )
    expect(new Set(ids).size).toBe(5)
    expect(ids).not.toContain(null)
  })
})

interface Operation {
  parameters: { name: string }[]
  responses: Record<string, { content: Record<string, { schema: { required: string[] } }> }>
}

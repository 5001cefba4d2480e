import { z } from 'zod'
import { type ApiRoute, type Audience, apiRoutes } from './api-routes.ts'

const errorBody = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    details: z.unknown().optional(),
  }),
})

const files = {
  type: 'object',
  required: ['files'],
  properties: {
    files: { type: 'array', items: { type: 'string', format: 'binary' } },
    title: { type: 'string' },
  },
}

const refusals: Record<Audience, readonly [status: number, words: string][]> = {
  anybody: [],
  holder: [
    [401, 'No token or login, or one that is not known.'],
    [403, 'Not allowed with this token.'],
  ],
  staff: [
    [401, 'No token or login, or one that is not known.'],
    [403, 'Not for participants of a conference.'],
  ],
  admin: [
    [401, 'No token or login, or one that is not known.'],
    [403, 'For admins alone.'],
  ],
}

/** The OpenAPI 3.1 document, made from the schemas that the routes themselves parse with. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of apiRoutes) {
    const path = route.path.replaceAll(/[:*](\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Caseroom',
      version: '1',
      description: 'Case conferences around a life-size CT or MR volume. Not for diagnosis.',
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        login: { type: 'apiKey', in: 'cookie', name: 'caseroom-login' },
      },
      schemas: { Error: jsonSchema(errorBody, 'output') },
    },
  }
}

function operationOf(route: ApiRoute): Record<string, unknown> {
  const { summary, audience, query, body, status, answer } = route
  return {
    summary,
    security: audience === 'anybody' ? [] : [{ bearer: [] }, { login: [] }],
    parameters: [...pathParameters(route.path), ...(query ? queryParameters(query) : [])],
    ...(body && { requestBody: { required: true, content: requestContent(body) } }),
    responses: {
      [status]: { description: 'Success.', ...(answer && { content: answerContent(answer) }) },
      ...Object.fromEntries(
        refusals[audience].map(([code, description]) => [code, refusal(description)]),
      ),
      default: refusal('Refused, or failed; the code and the message say why.'),
    },
  }
}

function pathParameters(path: string) {
  return [...path.matchAll(/[:*](\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType) {
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
    properties?: Record<string, unknown>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function requestContent(body: NonNullable<ApiRoute['body']>) {
  if (body === 'files') return { 'multipart/form-data': { schema: files } }
  if (body === 'png') return { 'image/png': {} }
  return { 'application/json': { schema: jsonSchema(body, 'input') } }
}

function answerContent(answer: NonNullable<ApiRoute['answer']>) {
  return 'contentType' in answer
    ? { [answer.contentType]: {} }
    : { 'application/json': { schema: jsonSchema(answer, 'output') } }
}

const refusal = (description: string) => ({
  description,
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
})

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

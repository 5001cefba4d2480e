import { once } from 'node:events'
import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, it } from 'vitest'
import { sendEvents } from './send-events.ts'

it('whoever has gone before the first event lets go at once', async () => {
  const closed = Promise.withResolvers<void>()
  const app = express()
  app.get('/events', async (_request, response) => {
    await once(response, 'close')
    const events = sendEvents(response)
    events.send('import', {})
    events.onClosed(() => closed.resolve())
  })
  const server = createServer(app).listen(0, '127.0.0.1')
  try {
    await once(server, 'listening')
    const request = get(`http://127.0.0.1:${(server.address() as AddressInfo).port}/events`)
    request.on('error', () => undefined) // it goes away below
    await once(server, 'request')
    request.destroy()
    await closed.promise
  } finally {
    server.close()
  }
  expect(server.listening).toBe(false)
})

import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import express from 'express'
import { describe, expect, it } from 'vitest'
import { bodyDeadline } from './body-deadline.ts'
import type { IdentifiedRequest } from './identify.ts'

/** Sends headers that promise more body than comes; resolves with what was answered until the end. */
async function sendHalf(contentType: string, known: boolean): Promise<string> {
  const app = express()
  app.use((request: IdentifiedRequest, _response, next) => {
    if (known) request.actor = { kind: 'clinician', name: 'Dr Okafor' }
    next()
  })
  app.use(bodyDeadline(100))
  app.use((request, response) => {
    // longer than the deadline: what is still open then was let be
    setTimeout(() => response.end('let be'), 400)
    request.resume()
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const head = `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${contentType}\r\nContent-Length: 99\r\n`
  socket.write(`${head}Connection: close\r\n\r\nhalf`)
  let answer = ''
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text
    if (answer.endsWith('let be')) socket.destroy()
  })
  socket.on('error', () => socket.destroy())
  await once(socket, 'close')
  server.close()
  return answer
}

describe('a body that does not come', () => {
  it('ends the connection of whoever promised it', async () => {
    expect(await sendHalf('application/json', true)).toBe('')
    expect(await sendHalf('multipart/form-data; boundary=b', false)).toBe('')
  })

  it('is waited for where it is the upload of somebody known', async () => {
    expect(await sendHalf('multipart/form-data; boundary=b', true)).toContain('let be')
  })
})

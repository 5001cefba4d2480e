import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { freePort } from './free-port.ts'

/** The first of `count` loopback ports in a row that nobody holds, neither for UDP nor for TCP. */
export async function freeMediaPort(count = 1): Promise<number> {
  for (;;) {
    const port = await freePort()
    const row = Array.from({ length: count }, (_, n) => port + n)
    if ((await Promise.all(row.map(isFree))).every(Boolean)) return port
  }
}

async function isFree(port: number): Promise<boolean> {
  if (port > 65_535) return false
  const server = createServer()
  const socket = createSocket('udp4')
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    socket.bind(port, '127.0.0.1')
    await once(socket, 'listening')
    return true
  } catch {
    return false
  } finally {
    if (server.listening) server.close()
    socket.close()
  }
}

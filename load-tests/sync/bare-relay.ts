import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/**
 * The peer that the room is measured beside: the same samples over bare `ws`, the latest of each
 * sender in one frame a tick to everybody; no seats, no permission, no state. Prints its port.
 */
const tickMs = 1000 / 30
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
const latest = new Map<number, Buffer>()
let next = 0
server.on('connection', (socket) => {
  const index = next++
  socket.on('message', (bytes: Buffer) => latest.set(index, bytes))
})
setInterval(() => {
  if (latest.size === 0) return
  const parts: Buffer[] = [Buffer.of(1, latest.size)]
  for (const [index, sample] of latest)
    parts.push(Buffer.of(index & 255, index >> 8), sample.subarray(1))
  latest.clear()
  const frame = Buffer.concat(parts)
  for (const client of server.clients) client.send(frame)
}, tickMs)
server.on('listening', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))

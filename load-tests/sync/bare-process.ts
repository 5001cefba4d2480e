import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { LatestSamples } from './latest-samples.ts'

/**
 * The same samples over bare `ws`, the latest of each sender in one frame a tick to everybody; no
 * seats, no permission, no state. Prints its port.
 */
const tickMs = 1000 / 30
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
const samples = new LatestSamples()
let next = 0
server.on('connection', (socket) => {
  const sender = next++
  socket.on('message', (bytes: Buffer) => samples.put(sender, bytes))
})
setInterval(() => {
  const frame = samples.take()
  if (frame) for (const client of server.clients) client.send(frame)
}, tickMs)
server.on('listening', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))

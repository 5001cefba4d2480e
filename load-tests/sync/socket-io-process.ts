import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server } from 'socket.io'
import { LatestSamples } from './latest-samples.ts'

/**
 * Socket.IO as its guide has it: whoever connects joins a room. A `pose` goes to everybody else in
 * it at once, as an event of its own; of `poseForTick` the latest of each sender go to everybody in
 * one event a tick, as the bare relay's do. Prints its port.
 */
const tickMs = 1000 / 30
const http = createServer()
const io = new Server(http)
const samples = new LatestSamples()
let next = 0
io.on('connection', async (socket) => {
  const sender = next++
  await socket.join('hall')
  socket.on('pose', (bytes: Buffer) => socket.to('hall').emit('pose', sender, bytes))
  socket.on('poseForTick', (bytes: Buffer) => samples.put(sender, bytes))
})
setInterval(() => {
  const frame = samples.take()
  if (frame) io.to('hall').emit('poses', frame)
}, tickMs)
http.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(http.address() as AddressInfo).port}\n`)
})
process.on('SIGTERM', () => process.exit(0))

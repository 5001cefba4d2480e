import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import WebSocket, { WebSocketServer } from 'ws'
import { until } from '../../test/support/until.ts'
import { countReceived } from './received-bytes.ts'

const servers: (Server | WebSocketServer)[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function greeter(bytes: number): Promise<number> {
  const server = createServer((socket) => socket.end(Buffer.alloc(bytes))).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function call(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  return socket
}

it('counts what sockets read that were opened meanwhile to that port, and no others', async () => {
  const [near, far] = [await greeter(1_000), await greeter(50_000)]
  const before = await call(near)
  const mine: Socket[] = []
  const received = await countReceived(near, async () => {
    mine.push(await call(near), await call(near))
    mine.push(await call(far))
  })
  const after = await call(near)
  const all = [before, after, ...mine]
  for (const socket of all) socket.resume()
  await until('everything is read', () => all.every((socket) => socket.readableEnded))
  expect(received()).toBe(2_000)
  for (const socket of all) socket.destroy()
})

it('counts a WebSocket frame with its header, of ws and of the platform alike', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const [plain, platform] = [`ws://127.0.0.1:${port}/a`, `ws://127.0.0.1:${port}/b`]
  const clients: {
    close(): void
    addEventListener: typeof EventTarget.prototype.addEventListener
  }[] = []
  const received = await countReceived(port, async () => {
    for (const client of [new WebSocket(plain), new globalThis.WebSocket(platform)]) {
      await new Promise((resolve) => client.addEventListener('open', resolve))
      clients.push(client as (typeof clients)[number])
    }
  })
  const before = received()
  const heard = clients.map(
    (client) => new Promise<void>((resolve) => client.addEventListener('message', () => resolve())),
  )
  for (const socket of server.clients) socket.send(Buffer.alloc(200))
  await Promise.all(heard)
  expect(received() - before).toBe(2 * (4 + 200))
  for (const client of clients) client.close()
})

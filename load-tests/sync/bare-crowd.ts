import { once } from 'node:events'
import { join } from 'node:path'
import WebSocket from 'ws'
import { decodeDown, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { type Crowd, type CrowdSize, lasersOf, unheard } from './crowd.ts'
import { countReceived } from './received-bytes.ts'
import { startRelay } from './start-relay.ts'

/** One frame of all samples a tick over bare `ws`: the least that a relay can cost. */
export async function openBareCrowd({ senders, listeners }: CrowdSize): Promise<Crowd> {
  const relay = await startRelay(join(import.meta.dirname, 'bare-process.ts'))
  const port = Number(relay.firstLine)
  const sending: WebSocket[] = []
  for (let n = 0; n < senders; n++) sending.push(await connect(port))
  const hearing = unheard()
  return {
    pid: relay.pid,
    send: (sender, laser) => sending[sender]?.send(encodeUp({ laser })),
    hearing,
    receivedBytes: await countReceived(port, async () => {
      for (let n = 0; n < listeners; n++) {
        const socket = await connect(port)
        socket.on('message', (frame: Buffer) => {
          hearing.tell(lasersOf(decodeDown(frame)?.values() ?? []))
        })
      }
    }),
    close: () => relay.stop(),
  }
}

async function connect(port: number): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`)
  await once(socket, 'open')
  return socket
}

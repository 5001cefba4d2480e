import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { decodeDown, decodeUp, encodeUp } from '../../shared/protocol/pose-frame.ts'
import { type Crowd, type CrowdSize, type Hearing, lasersOf, unheard } from './crowd.ts'
import { countReceived } from './received-bytes.ts'
import { startRelay } from './start-relay.ts'

/** Each sample is a binary event, relayed to everybody else in the room as it comes. */
export function openSocketIoCrowd(size: CrowdSize): Promise<Crowd> {
  return open(size, 'pose', (socket, hearing) => {
    socket.on('pose', (_sender: number, bytes: Buffer) => {
      const sample = decodeUp(bytes)
      hearing.tell(lasersOf(sample ? [sample] : []))
    })
  })
}

/** The latest sample of each sender in one binary event a tick, as bare `ws` and Caseroom do. */
export function openTickingSocketIoCrowd(size: CrowdSize): Promise<Crowd> {
  return open(size, 'poseForTick', (socket, hearing) => {
    socket.on('poses', (frame: Buffer) => {
      hearing.tell(lasersOf(decodeDown(frame)?.values() ?? []))
    })
  })
}

async function open(
  { senders, listeners }: CrowdSize,
  event: 'pose' | 'poseForTick',
  listen: (socket: Socket, hearing: Hearing) => void,
): Promise<Crowd> {
  const relay = await startRelay(join(import.meta.dirname, 'socket-io-process.ts'))
  const port = Number(relay.firstLine)
  const sending: Socket[] = []
  for (let n = 0; n < senders; n++) sending.push(await connect(port))
  const receiving: Socket[] = []
  const hearing = unheard()
  return {
    pid: relay.pid,
    send: (sender, laser) => sending[sender]?.emit(event, encodeUp({ laser })),
    hearing,
    receivedBytes: await countReceived(port, async () => {
      for (let n = 0; n < listeners; n++) {
        const socket = await connect(port)
        listen(socket, hearing)
        receiving.push(socket)
      }
    }),
    async close() {
      for (const socket of [...sending, ...receiving]) socket.disconnect()
      await relay.stop()
    },
  }
}

async function connect(port: number): Promise<Socket> {
  const socket = io(`http://127.0.0.1:${port}`, { transports: ['websocket'], forceNew: true })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  return socket
}

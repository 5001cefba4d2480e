import { fileURLToPath } from 'node:url'
import { WebsocketProvider } from 'y-websocket'
import { Doc } from 'yjs'
import { freePort } from '../../test/support/free-port.ts'
import { type Crowd, type CrowdSize, type Hearing, type Laser, unheard } from './crowd.ts'
import { countReceived } from './received-bytes.ts'
import { startRelay } from './start-relay.ts'

/**
 * Each sender's laser is a field of its awareness state, in JSON, on the server that y-websocket's
 * authors publish. Listeners have no state of their own; as every y-websocket client they send
 * each awareness update that they hear back to the server, which ignores it.
 */
export async function openYjsCrowd({ senders, listeners }: CrowdSize): Promise<Crowd> {
  // Each provider listens to the end of the process.
  process.setMaxListeners(process.getMaxListeners() + senders + listeners)
  const port = await freePort()
  const relay = await startRelay(fileURLToPath(import.meta.resolve('@y/websocket-server/server')), {
    HOST: '127.0.0.1',
    PORT: `${port}`,
  })
  const sending: WebsocketProvider[] = []
  for (let n = 0; n < senders; n++) sending.push(await connect(port))
  const receiving: WebsocketProvider[] = []
  const hearing = unheard()
  return {
    pid: relay.pid,
    send: (sender, laser) => sending[sender]?.awareness.setLocalStateField('laser', laser),
    hearing,
    receivedBytes: await countReceived(port, async () => {
      for (let n = 0; n < listeners; n++) {
        const provider = await connect(port)
        provider.awareness.setLocalState(null)
        listen(provider, hearing)
        receiving.push(provider)
      }
    }),
    async close() {
      for (const provider of [...sending, ...receiving]) {
        provider.destroy()
        provider.doc.destroy()
      }
      await relay.stop()
    },
  }
}

function listen({ awareness }: WebsocketProvider, hearing: Hearing): void {
  awareness.on('change', ({ added, updated }: { added: number[]; updated: number[] }) => {
    const states = [...added, ...updated].map((client) => awareness.getStates().get(client))
    hearing.tell(states.flatMap((state) => (state?.laser as Laser | undefined) ?? []))
  })
}

/** Without BroadcastChannel, or the clients of this one process would hear each other by it. */
async function connect(port: number): Promise<WebsocketProvider> {
  const provider = new WebsocketProvider(`ws://127.0.0.1:${port}`, 'hall', new Doc(), {
    disableBc: true,
  })
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()))
  return provider
}

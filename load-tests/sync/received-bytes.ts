import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const opened = 'net.client.socket'

/**
 * Runs `open` and answers with a count of the bytes that the sockets it left connected to `port`
 * have read, whichever library opened them: TCP payload, so headers of HTTP and WebSocket too.
 */
export async function countReceived(port: number, open: () => Promise<void>) {
  const sockets: Socket[] = []
  const collect = (message: unknown) => {
    sockets.push((message as { socket: Socket }).socket)
  }
  subscribe(opened, collect)
  try {
    await open()
  } finally {
    unsubscribe(opened, collect)
  }
  const connected = sockets.filter((socket) => socket.remotePort === port)
  return () => connected.reduce((sum, socket) => sum + socket.bytesRead, 0)
}

import type { Server as HttpServer, IncomingMessage } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { isOwnOrigin } from './http/own-origin.ts'

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** `/PROCESS/ROOM?sessionId=…`, as the Colyseus SDK asks for a seat; its transport trusts it to be. */
const seatAddress = /^\/[\w-]+\/[\w-]+\?[\w=&-]+$/
const longestAddress = 512

/** What comes here for a room of another process. */
export interface Elsewhere {
  isFor(request: IncomingMessage): boolean
  carry(request: IncomingMessage, socket: Duplex, head: Buffer): void
}

/**
 * Lets only what can be a seat, and comes from a page of ours or from no page, reach the listeners
 * that `httpServer` has for web sockets; everything else hears 400 or 403 and is cut.
 */
export function guardUpgrades(
  httpServer: HttpServer | HttpsServer,
  publicUrl: string,
  elsewhere?: Elsewhere,
): void {
  const guarded = httpServer.listeners('upgrade') as UpgradeListener[]
  httpServer.removeAllListeners('upgrade')
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { url = '', headers } = request
    const { origin } = headers
    if (url.length > longestAddress || !seatAddress.test(url)) refuse(socket, '400 Bad Request')
    else if (origin !== undefined && !isOwnOrigin(origin, request, publicUrl)) {
      refuse(socket, '403 Forbidden')
    } else if (elsewhere?.isFor(request)) elsewhere.carry(request, socket, head)
    else for (const listener of guarded) listener(request, socket, head)
  })
}

/** Says why, in HTTP, and ends it. */
export function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
    socket.destroy(),
  )
}

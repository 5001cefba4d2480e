import type { Server as HttpServer, RequestListener } from 'node:http'
import type { Server as HttpsServer } from 'node:https'
import { matchMaker, type Room, Server, type ServerOptions } from '@colyseus/core'
import { WebSocketTransport } from '@colyseus/ws-transport'
import { StartError } from './config/start-error.ts'
import { type Elsewhere, guardUpgrades } from './guard-upgrades.ts'
import type { Logger } from './logger.ts'

const longestMessageBytes = 64 * 1024
const pingIntervalMs = 2_000

/** Colyseus on the same port as the rest: web sockets alone, and only to a seat. */
export function createRoomServer(options: {
  httpServer: HttpServer | HttpsServer
  publicUrl: string
  conferenceRoom: new () => Room
  /** Where there are other processes: how rooms are listed and asked, and the way to theirs. */
  shared?: Pick<ServerOptions, 'presence' | 'driver'> & { elsewhere: Elsewhere }
  logger: Logger
}): Server {
  const { httpServer, publicUrl, conferenceRoom, shared, logger } = options
  matchMaker.setHealthChecksEnabled(false) // who lives is asked at the process itself
  const server = new Server({
    transport: new WebSocketTransport({
      server: httpServer as HttpServer,
      maxPayload: longestMessageBytes,
      pingInterval: pingIntervalMs,
    }),
    greet: false,
    gracefullyShutdown: false,
    logger: quietly(logger),
    ...(shared && { presence: shared.presence, driver: shared.driver }),
    selectProcessIdToCreateRoom: async () => matchMaker.processId,
  })
  server.define('conference', conferenceRoom)
  guardUpgrades(httpServer, publicUrl, shared?.elsewhere)
  return server
}

/**
 * Resolves when it listens. Throws a StartError where the address cannot be had. On listening
 * Colyseus puts its own routes before ours; nobody needs them, as seats come from ours alone, and
 * their handler neither bounds a body nor catches what it throws: requests are ours again.
 */
export async function listen(
  server: Server,
  httpServer: HttpServer | HttpsServer,
  { host, port }: { host: string; port: number },
): Promise<void> {
  const ours = httpServer.listeners('request') as RequestListener[]
  const refused = Promise.withResolvers<never>()
  httpServer.once('error', refused.reject)
  try {
    await Promise.race([server.listen(port, host.replace(/^\[(.*)\]$/, '$1')), refused.promise])
  } catch (error) {
    throw new StartError(whyNot((error as NodeJS.ErrnoException).code, port), { cause: error })
  } finally {
    httpServer.off('error', refused.reject)
  }
  httpServer.removeAllListeners('request')
  for (const listener of ours) httpServer.on('request', listener)
}

function whyNot(code: string | undefined, port: number): string {
  if (code === 'EADDRINUSE') return `PORT ${port} is taken by another program: choose another PORT.`
  if (code === 'EACCES') return `PORT ${port} needs rights this user has not: choose another PORT.`
  return 'HOST must be an address of this machine.'
}

/** What Colyseus says may quote what people sent: of it only where it came from is kept. */
function quietly(logger: Logger) {
  const say = (level: 'error' | 'warn' | 'info' | 'debug') => (about: unknown) =>
    logger[level]({ error: about }, 'colyseus')
  return {
    error: say('error'),
    warn: say('warn'),
    info: say('info'),
    debug: say('debug'),
    trace: say('debug'),
  }
}

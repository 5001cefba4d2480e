import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { matchMaker } from '@colyseus/core'
import { type Elsewhere, refuse } from '../guard-upgrades.ts'
import type { HostProcess } from './host-process.ts'
import type { ProcessCalls } from './process-call.ts'
import type { RoomDirectory } from './room-directory.ts'

/** Says that a process has passed it on already: whoever gets it then takes it or refuses it. */
const forwarded = 'x-caseroom-forwarded'
/** A room pings every two seconds: where nothing passes for so long, an end is gone or stuck. */
const silentMs = 10_000

/**
 * Carries a web socket that came to this process to the one that hosts its room, byte for byte, as
 * long as both ends last: so any process may be asked for any room, whatever stands in front of them.
 */
export function forwarding(
  directory: RoomDirectory,
  calls: ProcessCalls,
  onFailure: (error: unknown) => void,
): Elsewhere & { readonly carried: number } {
  let carried = 0
  const carry = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const room = await directory.find(addressed(request).roomId)
    if (!room) return refuse(socket, '404 Not Found') // strangers ask for anything
    const there = await reach(room.host, calls)
    carried++
    await join(request, socket, head, there)
    carried--
  }
  return {
    get carried() {
      return carried
    },
    isFor: (request) =>
      request.headers[forwarded] === undefined &&
      addressed(request).processId !== matchMaker.processId,
    carry: (request, socket, head) => {
      socket.pause()
      socket.on('error', () => socket.destroy())
      carry(request, socket, head).catch((error: unknown) => {
        onFailure(error)
        refuse(socket, '503 Service Unavailable')
      })
    },
  }
}

/** `/PROCESS/ROOM?sessionId=…`: the guard has seen that it is. */
function addressed({ url = '' }: IncomingMessage) {
  const [, processId = '', roomId = ''] = url.split(/[/?]/)
  return { processId, roomId }
}

async function reach(host: HostProcess, calls: ProcessCalls): Promise<Duplex> {
  const there = calls.connect(host)
  there.setTimeout(silentMs, () => there.destroy(new Error('nothing passes')))
  await new Promise((resolve, reject) => {
    there.once('ready', resolve)
    there.once('error', reject)
  })
  return there.setNoDelay(true)
}

async function join(request: IncomingMessage, socket: Duplex, head: Buffer, there: Duplex) {
  there.write(headOf(request))
  there.write(head)
  await Promise.allSettled([pipeline(socket, there), pipeline(there, socket)])
}

function headOf({ method, url, rawHeaders }: IncomingMessage): string {
  const lines = [`${method} ${url} HTTP/1.1`, `${forwarded}: 1`]
  for (let n = 0; n < rawHeaders.length; n += 2)
    lines.push(`${rawHeaders[n]}: ${rawHeaders[n + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

import type { Response } from 'express'

const heartbeatMs = 15_000

export interface EventSender {
  send(event: string, data: unknown): void
  /** Ends the answer; done by itself when the other side goes. */
  close(): void
  /** Called at once where the other side has gone already. */
  onClosed(listener: () => void): void
}

/** Server-sent events (HTML §9.2) with a heartbeat, so that proxies keep the connection. */
export function sendEvents(response: Response): EventSender {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  })
  response.flushHeaders()
  const onClosed = (listener: () => void) => {
    if (response.closed) listener()
    else response.once('close', listener)
  }
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs)
  onClosed(() => clearInterval(heartbeat))
  return {
    send: (event, data) => {
      if (!response.writableEnded) {
        response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
      }
    },
    close: () => {
      clearInterval(heartbeat)
      response.end()
    },
    onClosed,
  }
}

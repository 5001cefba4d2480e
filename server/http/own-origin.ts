import type { IncomingMessage } from 'node:http'

/** Whether a page that names this `origin` is one of ours: of PUBLIC_URL, or of where it asks. */
export function isOwnOrigin(origin: string, request: IncomingMessage, publicUrl: string): boolean {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http'
  return origin === publicUrl || origin === `${scheme}://${request.headers.host}`
}

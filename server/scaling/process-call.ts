import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import type { HostProcess } from './host-process.ts'

const liveWithinMs = 2_000

/**
 * The way from one process to another, at its own address. With a certificate it is encrypted: all
 * of them serve the same one, and trust no other.
 */
export class ProcessCalls {
  readonly #certificate: string | undefined

  constructor(certificate: string | undefined) {
    this.#certificate = certificate
  }

  /** Whether who answers at its address is still the same process. One that hangs does not live. */
  lives({ processId, address }: HostProcess): Promise<boolean> {
    const ask = this.#certificate ? httpsRequest : httpRequest
    const url = `${this.#certificate ? 'https' : 'http'}://${address}/health/live`
    return new Promise((resolve) => {
      const asked = ask(url, { ...this.#trust(), agent: false, timeout: liveWithinMs })
      asked.once('response', (response) => {
        response.resume()
        resolve(response.headers['x-process'] === processId)
      })
      asked.once('timeout', () => asked.destroy(new Error('no answer')))
      asked.once('error', () => resolve(false))
      asked.end()
    })
  }

  /** A connection to carry a request on; it emits `ready` or `error`. */
  connect({ address }: HostProcess): Socket {
    const { hostname, port } = new URL(`tcp://${address}`)
    const at = { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
    if (!this.#certificate) return connectPlain(at)
    const secure = connectSecurely({ ...at, ...this.#trust() })
    secure.once('secureConnect', () => secure.emit('ready'))
    return secure
  }

  #trust() {
    if (!this.#certificate) return {}
    return {
      ca: this.#certificate,
      allowPartialTrustChain: true,
      checkServerIdentity: () => undefined,
    }
  }
}

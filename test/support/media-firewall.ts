import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'

export interface MediaFirewallOptions {
  /** The address pages are told to send to; here it is one of loopback's. */
  readonly announcedIp: string
  /** Where the SFU listens, on the same port. */
  readonly sfuIp: string
  readonly port: number
  /** Packets of this address pass, and what answers them; all others are dropped. */
  readonly allowedIp: string
  /** What the SFU sees in place of `allowedIp`, port by port. */
  readonly translatedIp: string
}

/**
 * Stands before the SFU's port. TCP is refused: nothing listens for it. Counts what it did, so that
 * a test knows that a direct way was tried.
 */
export class MediaFirewall {
  dropped = 0
  passed = 0
  readonly #near: Socket
  /** One towards the SFU for each sender, by the sender's port. */
  readonly #far = new Map<number, Socket>()

  private constructor(near: Socket) {
    this.#near = near
  }

  static async open(options: MediaFirewallOptions): Promise<MediaFirewall> {
    const near = createSocket('udp4')
    const firewall = new MediaFirewall(near)
    near.on('message', (packet, { address, port }) => {
      if (address !== options.allowedIp) {
        firewall.dropped++
        return
      }
      firewall.passed++
      const far = firewall.#towardsSfu(port, options)
      far.send(packet, options.port, options.sfuIp)
    })
    near.bind(options.port, options.announcedIp)
    await once(near, 'listening')
    return firewall
  }

  close(): void {
    this.#near.close()
    for (const socket of this.#far.values()) socket.close()
  }

  #towardsSfu(senderPort: number, { allowedIp, translatedIp }: MediaFirewallOptions): Socket {
    const known = this.#far.get(senderPort)
    if (known) return known
    const far = createSocket('udp4')
    far.on('message', (packet) => this.#near.send(packet, senderPort, allowedIp))
    far.bind(senderPort, translatedIp) // what is sent before it is bound waits
    this.#far.set(senderPort, far)
    return far
  }
}

import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP relay on loopback whose lines can be cut, or stop carrying bytes without being cut. */
export class LineBreaker {
  readonly #server: Server
  readonly #pairs = new Set<readonly [near: Socket, far: Socket]>()
  #carried = 0
  #cutting: { everyBytes: number; left: number } | undefined

  private constructor(server: Server) {
    this.#server = server
  }

  static async open(toPort: number): Promise<LineBreaker> {
    const server = createServer({ noDelay: true })
    const breaker = new LineBreaker(server)
    server.on('connection', (near) =>
      breaker.#relay(near, connect({ port: toPort, host: '127.0.0.1', noDelay: true })),
    )
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    return breaker
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Every line is reset; new ones are carried again. */
  cut(): void {
    for (const [near, far] of this.#pairs) {
      near.resetAndDestroy()
      far.resetAndDestroy()
    }
  }

  /** Every line is reset each time that so many more bytes have come towards the clients. */
  cutEvery(everyBytes: number, times: number): void {
    this.#carried = 0
    this.#cutting = { everyBytes, left: times }
  }

  /** Of the cuts that `cutEvery` was asked for, how many are still to come. */
  get cutsLeft(): number {
    return this.#cutting?.left ?? 0
  }

  /** What goes towards the clients is not read any more: the server's buffers fill. */
  stall(): void {
    for (const [near, far] of this.#pairs) {
      far.unpipe(near)
      far.pause()
    }
  }

  /** What was held back arrives after all. */
  resume(): void {
    for (const [near, far] of this.#pairs) far.pipe(near)
  }

  async close(): Promise<void> {
    this.cut()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #relay(near: Socket, far: Socket): void {
    const pair = [near, far] as const
    this.#pairs.add(pair)
    near.pipe(far)
    far.pipe(near)
    far.on('data', ({ length }: Buffer) => this.#carry(length))
    const end = () => {
      this.#pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of pair) socket.on('error', end).on('close', end)
  }

  #carry(bytes: number): void {
    const cutting = this.#cutting
    if (!cutting || cutting.left === 0) return
    this.#carried += bytes
    if (this.#carried < cutting.everyBytes) return
    this.#carried = 0
    cutting.left--
    this.cut()
  }
}

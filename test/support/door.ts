import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/**
 * One address in front of several, as a balancer without any knowledge of what passes: each
 * connection goes to the next one that takes it.
 */
export class Door {
  readonly #server: Server
  readonly #ports: () => readonly number[]
  readonly #open = new Set<Socket>()
  #turn = 0

  private constructor(ports: () => readonly number[]) {
    this.#ports = ports
    this.#server = createServer((socket) => this.#lead(socket))
  }

  /** `ports` is asked at every connection. */
  static async open(ports: () => readonly number[]): Promise<Door> {
    const door = new Door(ports)
    door.#server.listen(0, '127.0.0.1')
    await once(door.#server, 'listening')
    return door
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Cuts every connection; new ones may come. */
  drop(): void {
    for (const socket of this.#open) socket.destroy()
  }

  async close(): Promise<void> {
    this.#server.close()
    this.drop()
    await once(this.#server, 'close')
  }

  #lead(socket: Socket): void {
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    socket.on('error', () => socket.destroy())
    const ports = this.#ports()
    const first = this.#turn++
    this.#try(
      socket,
      ports.map((_, n) => ports[(first + n) % ports.length] ?? 0),
    )
  }

  #try(socket: Socket, [port, ...others]: readonly number[]): void {
    if (port === undefined) return void socket.destroy()
    const there = connect(port, '127.0.0.1')
    let led = false
    there.once('connect', () => {
      led = true
      socket.pipe(there).pipe(socket)
      socket.once('close', () => there.destroy())
    })
    there.once('close', () => (led ? socket.destroy() : this.#try(socket, others)))
    there.on('error', () => there.destroy())
  }
}

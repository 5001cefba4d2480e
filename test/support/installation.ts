import { Door } from './door.ts'
import { Caseroom, type CaseroomOptions } from './start-caseroom.ts'
import { startPostgres } from './start-postgres.ts'
import { startRedis, type TestRedis } from './start-redis.ts'

interface InstallationOptions {
  readonly database: 'sqlite' | 'postgres'
  readonly env?: Record<string, string>
}

/** Several processes of Caseroom on one library, with a real Redis, behind one door. */
export class Installation {
  readonly processes: Caseroom[] = []
  readonly redis: TestRedis
  readonly databaseUrl: string | undefined
  /** Where people come in, whichever process answers. */
  readonly door: Door
  readonly #env: Record<string, string>
  readonly #stop: () => Promise<void>

  private constructor(
    parts: Pick<Installation, 'redis' | 'databaseUrl' | 'door'>,
    env: Record<string, string>,
    stop: () => Promise<void>,
  ) {
    this.redis = parts.redis
    this.databaseUrl = parts.databaseUrl
    this.door = parts.door
    this.#env = env
    this.#stop = stop
  }

  /** Two processes, started at the same moment. */
  static async start({ database, env = {} }: InstallationOptions): Promise<Installation> {
    const redis = await startRedis()
    const postgres = database === 'postgres' ? await startPostgres() : undefined
    const databaseUrl = await postgres?.createDatabase('caseroom')
    const door = await Door.open(() => installation.ports)
    const installation: Installation = new Installation(
      { redis, databaseUrl, door },
      { REDIS_URL: redis.url, ...(databaseUrl && { DATABASE_URL: databaseUrl }), ...env },
      async () => {
        await door.close()
        await redis.stop()
        await postgres?.stop()
      },
    )
    const first = await installation.spawn()
    await installation.spawn()
    await Promise.all(installation.processes.map((process) => process.opened()))
    installation.dataDir = first.dataDir
    return installation
  }

  dataDir: string | undefined

  get ports(): number[] {
    return this.processes.map(({ port }) => port)
  }

  /** One more process; it is there as soon as it is spawned. */
  async spawn(options: CaseroomOptions = {}): Promise<Caseroom> {
    const [first] = this.processes
    const dataDir = this.dataDir ?? first?.dataDir
    const process = await Caseroom.spawn({
      ...options,
      env: { ...this.#env, ...options.env },
      ...(dataDir && { dataDir }),
    })
    this.dataDir ??= process.dataDir
    this.processes.push(process)
    return process
  }

  /** Ends it; the others stay. Resolves with its exit code, null after a signal that it cannot hear. */
  end(process: Caseroom, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.processes.splice(this.processes.indexOf(process), 1)
    return process.stop(signal)
  }

  /** The process whose memory holds a conference; with one conference in all there is one. */
  async host(): Promise<Caseroom> {
    for (const process of this.processes) {
      const metrics = await (await process.call('GET', '/metrics')).text()
      if (/^caseroom_conferences [1-9]/m.test(metrics)) return process
    }
    throw new Error('no process hosts a conference')
  }

  async remove(): Promise<void> {
    for (const process of this.processes.splice(1)) await process.stop('SIGKILL')
    await this.processes[0]?.remove()
    await this.#stop()
  }
}

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { freeMediaPort } from '../support/free-media-port.ts'
import { freePort } from '../support/free-port.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startNginx, type TestNginx } from '../support/start-nginx.ts'
import { startPostgres } from '../support/start-postgres.ts'
import { until } from '../support/until.ts'
import { type ComposeService, compose } from './infra-compose.ts'
import { firstStart } from './infra-first-start.ts'

export interface House {
  readonly nginx: TestNginx
  /** app1 and app2. */
  readonly processes: [Caseroom, Caseroom]
  /** What `docker compose up -d app1` does once app1 has ended. */
  startFirstAgain(): Promise<void>
  remove(): Promise<void>
}

/** What infra/new-env.sh and infra/compose.yaml make on a machine, as processes on loopback. */
export async function startHouse(): Promise<House> {
  const undo: (() => unknown)[] = []
  const remove = async () => {
    for (const step of undo.reverse()) await step()
  }
  try {
    const { folder, env, remove: removeFiles } = firstStart()
    undo.push(removeFiles)
    const { services } = compose(env)
    const ports: [number, number] = [await freePort(), await freePort()]
    const nginx = await startNginx({ folder, processes: ports }) // before any process is there
    undo.push(nginx.stop)
    const redis = await startRedis(services.redis!, folder)
    undo.push(redis.stop)
    const postgres = await startPostgres()
    undo.push(postgres.stop)
    const databaseUrl = await postgres.createDatabase('caseroom')

    const start = async (index: 0 | 1, dataDir?: string) => {
      const { environment = {} } = services[`app${index + 1}`]!
      /** What differs from the containers; everything else is compose.yaml's. */
      const here: Record<string, string> = {
        PUBLIC_URL: nginx.url,
        DATABASE_URL: databaseUrl,
        REDIS_URL: environment.REDIS_URL!.replace('@redis:6379', `@127.0.0.1:${redis.port}`),
        TRUST_PROXY: '127.0.0.1',
        PROCESS_ADDRESS: `127.0.0.1:${ports[index]}`,
        MEDIA_LISTEN_IP: '127.0.0.1',
        MEDIA_PORT: `${await freeMediaPort()}`,
        MEDIA_WORKERS: '1',
      }
      for (const name of Object.keys(here)) {
        if (!(name in environment)) throw new Error(`compose.yaml does not set ${name}`)
      }
      return startCaseroom({
        env: { ...environment, ...here },
        port: ports[index],
        ...(dataDir && { dataDir }),
      })
    }
    const first = await start(0)
    undo.push(() => first.remove())
    const second = await start(1, first.dataDir)
    undo.push(() => second.stop('SIGKILL'))
    const processes: [Caseroom, Caseroom] = [first, second]
    return {
      nginx,
      processes,
      startFirstAgain: async () => {
        const again = await start(0, first.dataDir)
        undo.push(() => again.stop('SIGKILL'))
        processes[0] = again
      },
      remove,
    }
  } catch (error) {
    await remove()
    throw error
  }
}

/** By the service's own command and health check, on a free port. */
async function startRedis(service: ComposeService, folder: string) {
  const port = await freePort()
  const { command = [], environment = {}, healthcheck } = service
  const [shell = '', flag = '', script = ''] = command
  const begin = 'exec redis-server - <<END\n'
  if (!script.startsWith(begin)) throw new Error('compose.yaml starts Redis in another way')
  const onLoopback = script.replace(begin, `${begin}port ${port}\nbind 127.0.0.1\n`)
  const options = { cwd: folder, env: { PATH: process.env.PATH, ...environment } }
  const server = spawn(shell, [flag, onLoopback], { ...options, stdio: 'ignore' })
  const exited = once(server, 'exit')
  const stop = async () => {
    if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM')
    await exited
  }
  const check = healthcheck?.test[1]?.replace('redis-cli', `redis-cli -p ${port}`) ?? 'false'
  try {
    await until('Redis is healthy', () => spawnSync('sh', ['-c', check], options).status === 0)
    return { port, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/until.ts'
import { compose, infra, someEnv } from './infra-compose.ts'

describe('TURN as compose.yaml starts it', () => {
  const started: ChildProcess[] = []
  let folder: string | undefined
  afterEach(() => {
    for (const child of started.splice(0)) child.kill('SIGKILL')
    if (folder) rmSync(folder, { recursive: true })
    folder = undefined
  })

  beforeAll(() => {
    if (!existsSync('/usr/bin/turnserver'))
      throw new Error('This test could not run: coturn is missing. npm run setup -- --test')
  })

  /** Its own command, with this machine's addresses and a port that is free. */
  async function start(line = '') {
    const { turn } = compose({ ...someEnv, PUBLIC_ADDRESS: '127.0.0.1' }).services
    const port = await freePort()
    const at = mkdtempSync(join(tmpdir(), 'caseroom-turn-'))
    folder = at
    const [shell = '', flag = '', script = ''] = turn!.entrypoint!
    const config = `${at}/turnserver.conf`
    const here = `--listening-port=${port} --allow-loopback-peers --pidfile=${at}/pid --userdb=${at}/db`
    const onLoopback = script
      .replaceAll('/etc/coturn', join(infra, 'coturn'))
      .replaceAll('/tmp/turnserver.conf', config)
      .replace(/^END$/m, `${line}\n$&`)
      .replace(/^exec .*$/m, `$& ${here}`)
    const child = spawn(shell, [flag, onLoopback], {
      env: { PATH: process.env.PATH, ...turn!.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.push(child)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
      })
    }
    const [, ...healthCheck] = turn!.healthcheck!.test
    await until('coturn answers its health check', () => {
      const [program = '', address = ''] = healthCheck
      return spawnSync(program, ['-p', `${port}`, address], { timeout: 1_000 }).status === 0
    })
    return { port, pid: child.pid!, config, said: () => said }
  }

  /** One person's ways through it to `peer`, two and two, with a credential as the server's. */
  const relayTo = (
    peer: string,
    port: number,
    { pairs = 1, flags = [] as string[], at = '127.0.0.1' } = {},
  ) => {
    const username = `${Math.floor(Date.now() / 1000) + 3600}:someone`
    const password = createHmac('sha1', someEnv.TURN_SECRET).update(username).digest('base64')
    const load = ['-n', '1', '-m', `${pairs}`, '-c', ...flags]
    const { stdout, stderr } = spawnSync(
      '/usr/bin/turnutils_uclient',
      ['-v', '-u', username, '-w', password, '-p', `${port}`, '-e', peer, ...load, at],
      { encoding: 'utf8', timeout: 3_000 },
    )
    return stdout + stderr
  }

  it('knows every word of its settings', async () => {
    const { said } = await start()
    await until('it says whose it is', () => said().includes('realm: rooms.example.org'))
    expect(said()).not.toMatch(/bad configuration|unrecognized|unknown|CONFIG ERROR/i)
  })

  it('[SEC-4] shows the secret in no list of processes and to no other user', async () => {
    const { pid, config } = await start()
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toMatch(/turnserver\0-c\0/)
    expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).not.toContain(someEnv.TURN_SECRET)
    expect(readFileSync(config, 'utf8')).toContain(`static-auth-secret=${someEnv.TURN_SECRET}\n`)
    expect(statSync(config).mode & 0o077).toBe(0)
  })

  it('[AV-6] gives a person room for every way that two of their browsers try at once', async () => {
    const { port } = await start()
    const waysOfABrowser = 2 * 2 * 3 // transports, URLs, networks
    const said = relayTo('127.0.0.1', port, { pairs: waysOfABrowser })
    expect(said).not.toMatch(/Quota/)
    expect(said.match(/Received relay addr/g)).toHaveLength(2 * waysOfABrowser)
  })

  it('[AV-6] answers by TCP at an address of its own as the runbook has it', async () => {
    const runbook = readFileSync(join(infra, 'runbook.md'), 'utf8')
    const [, setting] = /add the line `(aux-server=)[\d.]+:443`/.exec(runbook)!
    const aside = { at: '127.0.0.5', port: await freePort() }
    await start(`${setting}${aside.at}:${aside.port}`)
    const said = relayTo('127.0.0.1', aside.port, { at: aside.at, flags: ['-t'] })
    expect(said).toMatch(/channel bind sent[\s\S]*success: 0x/)
  })

  it('has a port for every way that it allows', () => {
    const settings = readFileSync(join(infra, 'coturn/turnserver.conf'), 'utf8')
    const [most, first, last] = ['total-quota', 'min-port', 'max-port'].map((name) =>
      Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(settings)?.[1]),
    ) as [number, number, number]
    expect(last - first + 1).toBeGreaterThanOrEqual(most)
  })

  it('[SEC-4] carries people to the media address and nowhere else', async () => {
    const { port } = await start()
    expect(relayTo('127.0.0.1', port)).toMatch(/channel bind sent[\s\S]*success: 0x/)
    expect(relayTo('127.0.0.2', port)).toMatch(/Forbidden IP/)
  })
})

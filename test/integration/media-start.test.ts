import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { freeMediaPort } from '../support/free-media-port.ts'
import { childrenOf, isRunning } from '../support/processes.ts'
import { Caseroom, type CaseroomOptions, startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

const open: { remove(): Promise<void> }[] = []
afterEach(async () => {
  for (const caseroom of open.splice(0)) await caseroom.remove()
})

async function start(options: CaseroomOptions = {}) {
  const caseroom = await startCaseroom(options)
  open.push(caseroom)
  return caseroom
}

async function refusedWith(env: Record<string, string>) {
  const caseroom = await Caseroom.spawn({ env })
  open.push(caseroom)
  return { exitCode: await caseroom.exited(), stderr: caseroom.stderr, stdout: caseroom.stdout }
}

const figures = async (caseroom: Caseroom) =>
  (await (await caseroom.call('GET', '/metrics')).text())
    .split('\n')
    .filter((line) => line.startsWith('caseroom_media'))

describe('starting the media', () => {
  it('[OPS-1] every figure is there from the start, and counts the workers', async () => {
    const caseroom = await start({ env: { MEDIA_WORKERS: '2' } })
    expect(await figures(caseroom)).toEqual([
      'caseroom_media_worker_deaths_total 0',
      'caseroom_media_producers{kind="audio"} 0',
      'caseroom_media_producers{kind="video"} 0',
      'caseroom_media_consumers{kind="audio"} 0',
      'caseroom_media_consumers{kind="video"} 0',
      'caseroom_media_workers 2',
    ])
    expect(await caseroom.stop()).toBe(0)
    expect(caseroom.stderr).not.toMatch(/worker/)
  })

  it('[OPS-1] a media port that is taken, by UDP or TCP, is said in one sentence', async () => {
    const port = await freeMediaPort(2)
    const tcp = createServer().listen(port, '127.0.0.1')
    await once(tcp, 'listening')
    const byTcp = await refusedWith({ MEDIA_PORT: `${port}` })
    tcp.close()
    const udp = createSocket('udp4').bind(port + 1, '127.0.0.1')
    await once(udp, 'listening')
    const byUdp = await refusedWith({ MEDIA_PORT: `${port}`, MEDIA_WORKERS: '2' })
    udp.close()
    for (const { exitCode, stderr, stdout } of [byTcp, byUdp]) {
      expect(exitCode).toBe(1)
      expect(stdout).toBe('')
      expect(stderr).toMatch(/^MEDIA_PORT \d+( to \d+)? is taken by another program[^\n]*\.\n$/)
    }
  })

  it('[OPS-1] an address of another machine is refused in one sentence', async () => {
    const { exitCode, stderr } = await refusedWith({ MEDIA_LISTEN_IP: '203.0.113.1' })
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'MEDIA_LISTEN_IP must be an address of this machine.\n',
    })
  })

  it('[OPS-1] a name for a host is looked up', async () => {
    const caseroom = await start({ env: { HOST: 'localhost', MEDIA_LISTEN_IP: '' } })
    expect(await figures(caseroom)).toContain('caseroom_media_workers 1')
  })

  for (const [what, MEDIASOUP_WORKER_BIN] of [
    ['that is not there', '/nowhere/mediasoup-worker'],
    ['that does not run', '/bin/false'],
  ] as const) {
    it(`[OPS-1] with a worker ${what} the house opens, and says once that it has no voice`, async () => {
      const caseroom = await start({ env: { MEDIASOUP_WORKER_BIN, MEDIA_WORKERS: '2' } })
      const warnings = caseroom.stderr.split('\n').filter((line) => line.includes('"warn"'))
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/without voice and video/)
      expect((await caseroom.call('GET', '/health/ready')).status).toBe(200)
      expect(await figures(caseroom)).toContain('caseroom_media_workers 0')
    })
  }

  it('[OPS-1] a worker killed with -9 is counted and replaced', async () => {
    const caseroom = await start()
    const [pid = 0] = childrenOf(caseroom.pid)
    process.kill(pid, 'SIGKILL')
    await until('the next one', async () => {
      const lines = await figures(caseroom)
      return (
        lines.includes('caseroom_media_worker_deaths_total 1') &&
        lines.includes('caseroom_media_workers 1')
      )
    })
    expect(childrenOf(caseroom.pid)).not.toContain(pid)
  })

  it('[OPS-1] no worker outlives a server killed with -9', async () => {
    const caseroom = await start({ env: { MEDIA_WORKERS: '2' } })
    const workers = childrenOf(caseroom.pid)
    expect(workers).toHaveLength(2)
    await caseroom.stop('SIGKILL')
    await until('no worker', () => workers.every((pid) => !isRunning(pid)))
  })
})

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ImportStatus } from '../../shared/case/import.ts'
import { freePort } from '../support/free-port.ts'
import { LineBreaker } from '../support/line-breaker.ts'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'
import { startOrthanc, type TestOrthanc } from '../support/start-orthanc.ts'
import { testData, testFiles } from '../support/test-data.ts'
import { until } from '../support/until.ts'
import {
  expectedSeries,
  importEnded,
  latestImports,
  pacsEnvOf,
  readCase,
  volumeSha256,
} from './pacs-house.ts'

const lungCt = 'dicom/petct-lung-acrin042/ct'
const run = promisify(execFile)

let orthanc: TestOrthanc
let caseroom: Caseroom
let port: number

beforeAll(async () => {
  port = await freePort()
  orthanc = await startOrthanc({ peer: { aeTitle: 'CASEROOM', port } })
  await orthanc.upload(testFiles(lungCt))
  caseroom = await startCaseroom({
    env: {
      ...pacsEnvOf(orthanc),
      DIMSE_PORT: `${port}`,
      DIMSE_ALLOWED_AE: 'STORESCU,ECHOSCU@localhost,TESTPACS@127.0.0.1,ELSEWHERE@192.0.2.7',
      LOG_LEVEL: 'debug',
    },
  })
}, 60_000)
afterAll(async () => {
  await caseroom?.remove()
  await orthanc?.remove()
})

/** dcmtk's own senders; resolves with what they say. */
const scu = async (program: 'storescu' | 'echoscu', ...args: string[]) => {
  try {
    const { stdout, stderr } = await run(program, args)
    return { isDone: true, words: stdout + stderr }
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    return { isDone: false, words: stdout + stderr }
  }
}
const here = () => ['-aec', 'CASEROOM', '127.0.0.1', `${port}`]
const send = (calling: string, syntax: string, ...paths: string[]) =>
  scu('storescu', '-v', '-nh', syntax, '+sd', '+r', '-aet', calling, ...here(), ...paths)

/** The one import more than there were. */
async function newImport(before: readonly ImportStatus[]): Promise<ImportStatus> {
  const known = before.map(({ importId }) => importId)
  const { importId } = await until('an import', async () =>
    (await latestImports(caseroom)).find((each) => !known.includes(each.importId)),
  )
  return importEnded(caseroom, importId)
}

/** What lies in the spool: files, as their folders go with them. */
const spooled = () =>
  readdirSync(join(caseroom.dataDir, 'spool'), { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile(),
  )

describe('workstations that send', () => {
  it('[IN-3] are answered when they ask whether anybody is there', async () => {
    expect(await scu('echoscu', '-aet', 'ECHOSCU', ...here())).toMatchObject({ isDone: true })
    expect(await latestImports(caseroom)).toEqual([])
  })

  it('[IN-3] a study sent in its compressed syntax is one import, and its case the reference', async () => {
    const before = await latestImports(caseroom)
    const { isDone, words } = await send('STORESCU', '-xt', testData(lungCt))
    expect(words.match(/Received Store Response \(Success\)/g)).toHaveLength(135)
    expect(isDone).toBe(true)
    const status = await newImport(before)
    expect(status).toMatchObject({ state: 'ready', problems: [], report: { files: 135 } })
    // The very bytes: as files, but for the head that each system writes anew.
    expect(status.report.bytes).toBeGreaterThan(22_000_000)
    expect(status.report.bytes).toBeLessThan(22_300_000)
    const { volumes } = await readCase(caseroom, status.caseIds[0] as string)
    const expected = expectedSeries(lungCt)
    expect(volumes.map(({ dims }) => dims)).toEqual([expected.dims_ijk])
    expect(await volumeSha256(caseroom, volumes[0]?.volumeId as string)).toBe(
      expected.sha256_int16_le_kji,
    )
    const { entries } = (await (
      await caseroom.call('GET', '/api/access-log', { token: caseroom.token() })
    ).json()) as { entries: unknown[] }
    expect(entries).toContainEqual(
      expect.objectContaining({
        actor: { kind: 'dimse', id: 'STORESCU', name: 'STORESCU' },
        action: 'imported',
        subjectId: status.importId,
      }),
    )
  })

  it('[IN-3] a PACS sends a series to Caseroom', async () => {
    const before = await latestImports(caseroom)
    const [series] = (await (await orthanc.rest('GET', '/series')).json()) as string[]
    const answer = await orthanc.rest('POST', '/modalities/caseroom/store', series)
    expect(await answer.json()).toMatchObject({ InstancesCount: 135, FailedInstancesCount: 0 })
    const status = await newImport(before)
    expect(status).toMatchObject({ state: 'ready', report: { files: 135, volumes: 1 } })
  })

  it('[IN-3] what is no image of a volume is taken, and set aside in words', async () => {
    const before = await latestImports(caseroom)
    const { isDone } = await send('STORESCU', '-xe', testData('seg', 'sr-basic.dcm'))
    expect(isDone).toBe(true)
    expect(await newImport(before)).toMatchObject({ state: 'rejected', report: { files: 1 } })
  })

  it('[IN-3] who is not on the list, or asks for another, is turned away by the proper reason', async () => {
    const before = await latestImports(caseroom)
    const echo = (...args: string[]) => scu('echoscu', ...args, '127.0.0.1', `${port}`)
    for (const calling of ['STRANGER', 'ELSEWHERE']) {
      const { isDone, words } = await echo('-aet', calling, '-aec', 'CASEROOM')
      expect(isDone).toBe(false)
      expect(words).toContain('Calling AE Title Not Recognized')
    }
    const { isDone, words } = await echo('-aet', 'ECHOSCU', '-aec', 'ANOTHER')
    expect([isDone, words.includes('Called AE Title Not Recognized')]).toEqual([false, true])
    expect((await send('STRANGER', '-xt', testData(lungCt))).isDone).toBe(false)
    expect(await latestImports(caseroom)).toEqual(before)
  })

  it('[IN-3] what broke off in the middle has failed in words, and nothing of it is left', async () => {
    const line = await LineBreaker.open(port)
    const before = await latestImports(caseroom)
    const folder = testData(lungCt)
    const args = ['-xt', '+sd', '-aet', 'STORESCU', '-aec', 'CASEROOM', '127.0.0.1', `${line.port}`]
    const sending = scu('storescu', ...args, folder)
    await until('a few images', () => spooled().length > 5)
    line.cut()
    expect((await sending).isDone).toBe(false)
    const status = await newImport(before)
    expect(status).toMatchObject({
      state: 'failed',
      caseIds: [],
      problems: [
        { code: 'upload-interrupted', message: expect.stringContaining('Send them again') },
      ],
    })
    expect(spooled()).toEqual([])
    await line.close()
  })
  it('[PRIV-1] no name and no UID of what was sent is in the log, nor anything on standard output', () => {
    expect(caseroom.stderr).toContain('import ended')
    expect(caseroom.stderr).not.toMatch(/acrin|1\.3\.6\.1\.4\.1\.14519/i)
    expect(caseroom.stdout).toMatch(/^Attending: \S+\nGuests: \S+\n$/)
  })
})

describe('what is no workstation', () => {
  const open = async (): Promise<Socket> => {
    const socket = connect({ port, host: '127.0.0.1' })
    await once(socket, 'connect')
    return socket
  }
  /** Sends, and waits until the other side has closed it; what it said. */
  const closedAfter = async (bytes: Uint8Array | undefined): Promise<Buffer> => {
    const socket = await open()
    const said: Buffer[] = []
    socket.on('data', (chunk: Buffer) => said.push(chunk))
    socket.on('error', () => undefined) // a reset is a way to close
    const closed = once(socket, 'close')
    if (bytes) socket.write(bytes)
    await closed
    return Buffer.concat(said)
  }
  const abort = Buffer.from([7, 0, 0, 0, 0, 4])

  it('[IN-3] garbage, a web browser, a length of 4 GiB, a PDU out of turn: aborted at once', async () => {
    const before = await latestImports(caseroom)
    for (const bytes of [
      Buffer.alloc(100_000, 0xab),
      Buffer.from('GET / HTTP/1.1\r\nHost: caseroom\r\n\r\n'),
      Buffer.from([1, 0, 0xff, 0xff, 0xff, 0xff]),
      Buffer.from([4, 0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 3]),
      Buffer.from([5, 0, 0, 0, 0, 4, 0, 0, 0, 0]),
    ]) {
      expect((await closedAfter(bytes)).subarray(0, 6)).toEqual(abort)
    }
    const damaged = Buffer.alloc(206, 0x41)
    damaged.set([1, 0, 0, 0, 0, 200])
    await closedAfter(damaged)
    expect(await latestImports(caseroom)).toEqual(before)
    expect((await scu('echoscu', '-aet', 'ECHOSCU', ...here())).isDone).toBe(true)
  })

  it('[IN-3] more connections than it takes are closed, and those that matter get through again', async () => {
    const sockets = await Promise.all(Array.from({ length: 100 }, open))
    for (const socket of sockets) socket.on('error', () => undefined) // a reset is a way to close
    await until('some are closed', () => sockets.filter(({ closed }) => closed).length >= 36)
    for (const socket of sockets) socket.destroy()
    await until(
      'room again',
      async () => (await scu('echoscu', '-aet', 'ECHOSCU', ...here())).isDone,
    )
  })
})

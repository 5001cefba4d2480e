import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { until } from './until.ts'

const program = '/usr/sbin/Orthanc'
const plugin = '/usr/share/orthanc/plugins/libOrthancDicomWeb.so'

export const orthancLogin = { username: 'tester', password: 'tester-pw' }

export interface TestOrthanc {
  readonly httpPort: number
  readonly dicomPort: number
  readonly aeTitle: string
  /** The root of its DICOMweb services. */
  readonly dicomWebUrl: string
  /** Its own REST interface. */
  rest(method: string, path: string, body?: BodyInit): Promise<Response>
  /** Stores part-10 files, given as paths or as they are. */
  upload(files: readonly (string | Uint8Array<ArrayBuffer>)[]): Promise<void>
  stop(): Promise<void>
  /** The same PACS again, with what it has, after `stop`. */
  restart(): Promise<void>
  /** Stops, and leaves nothing. */
  remove(): Promise<void>
}

export interface OrthancOptions {
  /** An AE that it may send to, under the name `caseroom`. */
  readonly peer?: { readonly aeTitle: string; readonly port: number }
}

/** A real PACS on loopback ports, in a folder of its own; Debian's service is not needed. */
export async function startOrthanc({ peer }: OrthancOptions = {}): Promise<TestOrthanc> {
  for (const needed of [program, plugin]) {
    if (!existsSync(needed)) {
      throw new Error('This test could not run: Orthanc is missing. npm run setup -- --test')
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'caseroom-orthanc-'))
  const preload = compileBindLoopback(folder)
  const [httpPort, dicomPort] = [await freePort(), await freePort()]
  const aeTitle = 'TESTPACS'
  mkdirSync(join(folder, 'db'))
  const settings = {
    Name: 'test-pacs',
    StorageDirectory: './db',
    IndexDirectory: './db',
    Plugins: [plugin],
    HttpPort: httpPort,
    RemoteAccessAllowed: false,
    AuthenticationEnabled: true,
    RegisteredUsers: { [orthancLogin.username]: orthancLogin.password },
    DicomAet: aeTitle,
    DicomPort: dicomPort,
    DicomCheckCalledAet: true,
    DicomAlwaysAllowStore: false,
    DicomModalities: peer ? { caseroom: [peer.aeTitle, '127.0.0.1', peer.port] } : {},
    StableAge: 1,
    SaveJobs: false,
    HttpThreadsCount: 16,
    DicomWeb: { Enable: true, Root: '/dicom-web/' },
  }
  writeFileSync(join(folder, 'orthanc.json'), JSON.stringify(settings))

  const url = `http://127.0.0.1:${httpPort}`
  const login = Buffer.from(`${orthancLogin.username}:${orthancLogin.password}`).toString('base64')
  const rest = (method: string, path: string, body?: BodyInit) =>
    fetch(url + path, {
      method,
      headers: { Authorization: `Basic ${login}` },
      ...(body !== undefined && { body }),
    })

  let stop = async () => {}
  const run = async () => {
    const server = spawn(program, ['orthanc.json'], {
      cwd: folder,
      env: { PATH: process.env.PATH, LD_PRELOAD: preload },
      stdio: 'ignore',
    })
    const exited = once(server, 'exit')
    stop = async () => {
      if (server.exitCode === null && server.signalCode === null) server.kill('SIGTERM')
      await exited
    }
    try {
      await until('Orthanc answers', async () => (await rest('GET', '/system')).ok)
    } catch (error) {
      server.kill('SIGKILL')
      await exited
      throw error
    }
  }
  const remove = async () => {
    await stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await run()
  } catch (error) {
    await remove()
    throw error
  }
  return {
    httpPort,
    dicomPort,
    aeTitle,
    dicomWebUrl: `${url}/dicom-web`,
    rest,
    upload: async (files) => {
      for (const file of files) {
        const content = typeof file === 'string' ? readFileSync(file) : file
        const answer = await rest('POST', '/instances', content)
        if (!answer.ok) throw new Error(`Orthanc did not take a file: ${answer.status}`)
      }
    },
    stop: () => stop(),
    restart: run,
    remove,
  }
}

function compileBindLoopback(folder: string): string {
  const library = join(folder, 'bind-loopback.so')
  const source = join(import.meta.dirname, 'bind-loopback.c')
  execFileSync('/usr/bin/gcc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl'])
  return library
}

import { createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { generate } from 'selfsigned'
import type { Config } from '../config/config.ts'
import { lanAddresses } from '../config/lan-addresses.ts'
import { StartError } from '../config/start-error.ts'

export interface Certificate {
  readonly cert: string
  readonly key: string
}

const lifetimeDays = 390
const renewBeforeMs = 30 * 24 * 3_600_000

/** The operator's certificate, else one made here and kept in DATA_DIR; undefined for plain HTTP. */
export async function loadCertificate(config: Config): Promise<Certificate | undefined> {
  if (config.tls.kind === 'none') return undefined
  if (config.tls.kind === 'files') {
    const { certPath, keyPath } = config.tls
    const given = { cert: readFileSync(certPath, 'utf8'), key: readFileSync(keyPath, 'utf8') }
    return checked(given)
  }
  const names = ['localhost', hostname()]
  const addresses = ['127.0.0.1', '::1', ...lanAddresses()]
  const kept = readKept(config.dataDir)
  if (kept && covers(kept, names, addresses)) return kept
  return keep(config.dataDir, kept, await newCertificate(names, addresses))
}

function checked(given: Certificate): Certificate {
  if (!belongTogether(given)) {
    throw new StartError('TLS_CERT must be a PEM certificate and TLS_KEY its key.')
  }
  return given
}

function belongTogether({ cert, key }: Certificate): boolean {
  try {
    return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))
  } catch {
    return false
  }
}

async function newCertificate(names: string[], addresses: string[]): Promise<Certificate> {
  const now = Date.now()
  const made = await generate([{ name: 'commonName', value: 'Caseroom' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + lifetimeDays * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  })
  return { cert: made.cert, key: made.private }
}

/** Whether it is good for a month yet and names all there is to name. */
function covers({ cert }: Certificate, names: string[], addresses: string[]): boolean {
  const certificate = new X509Certificate(cert)
  return (
    certificate.validToDate.getTime() > Date.now() + renewBeforeMs &&
    names.every((name) => certificate.checkHost(name) !== undefined) &&
    addresses.every((address) => certificate.checkIP(address) !== undefined)
  )
}

const fileOf = (dataDir: string) => join(dataDir, 'tls', 'generated.pem')
const separator = '-----BEGIN CERTIFICATE-----'

/** One file holds both, so that a certificate is never found with another's key. */
function readKept(dataDir: string): Certificate | undefined {
  try {
    const text = readFileSync(fileOf(dataDir), 'utf8')
    const at = text.indexOf(separator)
    return at > 0 ? { key: text.slice(0, at), cert: text.slice(at) } : undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Of processes that start at the same moment on an empty folder, all serve the first one's. */
function keep(dataDir: string, kept: Certificate | undefined, made: Certificate): Certificate {
  mkdirSync(join(dataDir, 'tls'), { recursive: true, mode: 0o700 })
  const path = fileOf(dataDir)
  const own = `${path}.${randomBytes(8).toString('hex')}`
  writeFileSync(own, `${made.key.trim()}\n${made.cert}`, { mode: 0o600 })
  if (kept) renameSync(own, path)
  else linkFirst(own, path)
  return readKept(dataDir) ?? made
}

function linkFirst(own: string, path: string): void {
  try {
    linkSync(own, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own)
  }
}

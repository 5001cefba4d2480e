// After `npm install`: where the registry does not serve some optional platform binaries, npm leaves
// them out of the lock in silence, and `npm ci` then refuses it. This puts them back. It also takes
// out where packages were fetched from, so that each machine asks its own registry.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
const { packages } = lock
const systems = [
  'android',
  'darwin',
  'win32',
  'linux',
  'freebsd',
  'openharmony',
  'openbsd',
  'netbsd',
  'sunos',
  'aix',
]
const processors = [
  'arm64',
  'x64',
  'ia32',
  'riscv64',
  'ppc64',
  's390x',
  'wasm32',
  'arm',
  'loong64',
  'mips64el',
]

const isThere = (at, name) =>
  packages[`node_modules/${name}`] !== undefined ||
  packages[`${at}/node_modules/${name}`] !== undefined

let added = 0
for (const [at, entry] of Object.entries(packages)) {
  delete entry.resolved
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isThere(at, name)) continue
    const tail = name.split('/').pop()
    packages[`node_modules/${name}`] = {
      version: range.replace(/^[\^~]/, ''),
      cpu: [processors.find((processor) => tail.includes(processor)) ?? 'none'],
      ...(entry.dev && { dev: true }),
      optional: true,
      os: [systems.find((system) => tail.includes(system)) ?? 'none'],
    }
    added++
  }
}
const inOrder = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))
lock.packages = Object.fromEntries(inOrder)
writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added} platform packages added to the lock\n`)

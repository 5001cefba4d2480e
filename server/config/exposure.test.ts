import { expect, it } from 'vitest'
import { isExposedInTheClear } from './exposure.ts'

it.each([
  ['127.0.0.1', 'http://127.0.0.1:2567', false],
  ['127.8.0.1', 'http://127.8.0.1:2567', false],
  ['::1', 'http://[::1]:2567', false],
  ['[::1]', 'http://[::1]:2567', false],
  ['localhost', 'http://localhost:2567', false],
  ['0.0.0.0', 'https://rooms.example.org', false],
  ['0.0.0.0', 'http://127.0.0.1:2567', true],
  ['::', 'http://127.0.0.1:2567', true],
  ['192.0.2.7', 'http://192.0.2.7:2567', true],
  ['127.example.org', 'http://127.example.org', true],
])('listening on %s for %s is in the clear for others: %s', (host, publicUrl, exposed) => {
  expect(isExposedInTheClear({ host, publicUrl })).toBe(exposed)
})

import { afterEach, expect, it } from 'vitest'
import { type Caseroom, startCaseroom } from '../support/start-caseroom.ts'

let caseroom: Caseroom
afterEach(() => caseroom.remove())

/** The statuses of eleven wrong codes, one after the other, as a proxy on this machine sends them. */
async function elevenGuesses(forwardedFor: () => string): Promise<number[]> {
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) {
    const response = await fetch(`${caseroom.url}/api/conferences/join`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor() },
      body: JSON.stringify({ code: `AB${`${n}`.padStart(4, '2')}`, displayName: 'Guesser' }),
    })
    statuses.push(response.status)
  }
  return statuses
}

const tenWrong = Array<number>(10).fill(404)

it('[OPS-1] behind a trusted proxy one guesser is stopped, and nobody else', async () => {
  caseroom = await startCaseroom({ env: { TRUST_PROXY: '127.0.0.1' } })
  expect(await elevenGuesses(() => '198.51.100.7')).toEqual([...tenWrong, 429])
  expect(await elevenGuesses(() => '198.51.100.8')).toEqual([...tenWrong, 429])
})

it('[OPS-1] what a guesser says of themselves to a trusted proxy changes nothing', async () => {
  caseroom = await startCaseroom({ env: { TRUST_PROXY: '127.0.0.1' } })
  let said = 0
  const statuses = await elevenGuesses(() => `203.0.113.${said++}, 198.51.100.7`)
  expect(statuses).toEqual([...tenWrong, 429])
})

it('[OPS-1] without a trusted proxy the header changes nothing', async () => {
  for (const TRUST_PROXY of [undefined, '192.0.2.1']) {
    caseroom = await startCaseroom({ env: TRUST_PROXY ? { TRUST_PROXY } : {} })
    let said = 0
    expect(await elevenGuesses(() => `203.0.113.${said++}`)).toEqual([...tenWrong, 429])
    await caseroom.remove()
  }
})

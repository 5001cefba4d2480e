import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { DicomWebClient } from '../pacs/dicomweb-client.ts'
import { PacsSender } from './pacs-sender.ts'
import { equipment, findings, origin } from './test-support/sample-findings.ts'

const kinds = ['key-image', 'measurement-report', 'minutes', 'key-object-selection']
/** Comprehensive 3D SR, as it stands in a file. */
const report = '1.2.840.10008.5.1.4.1.1.88.34\0'

/** A PACS that answers what `status` says for the bytes of a request; 409 with its reason. */
async function pacsOf(status: (body: Buffer) => number) {
  const taken: Buffer[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    response.statusCode = status(body)
    if (response.statusCode === 200) taken.push(body)
    const failed = {
      '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [0x0122] } }] },
    }
    response.end(response.statusCode === 409 ? JSON.stringify(failed) : '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const dicomWebUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const pacs = new DicomWebClient({ dicomWebUrl, login: undefined })
  const door = { origin: async () => origin }
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return {
    sender: new PacsSender({ door, pacs, equipment }),
    taken,
    [Symbol.asyncDispose]: close,
  }
}

it.each([400, 409])(
  '[OUT-1] a PACS that refuses the report with %i takes the rest, and the answer says so',
  async (status) => {
    let refuses = true
    await using house = await pacsOf((body) => (refuses && body.includes(report) ? status : 200))
    const first = await house.sender.send('case', findings)
    expect(first).toEqual({
      sent: false,
      message: expect.stringMatching(/^The PACS .*Not everything was stored; sending again/),
    })
    expect(house.taken).toHaveLength(3)
    refuses = false
    expect(await house.sender.send('case', findings)).toEqual({ sent: true, kinds })
    // The same objects, to the byte, but for the boundary between them.
    const plain = house.taken.map((body) =>
      body.toString('latin1').replaceAll(/caseroom-[\w-]+/g, ''),
    )
    expect(new Set(plain).size).toBe(4)
  },
)

it('[OUT-1] a PACS that fails is not asked for the rest', async () => {
  let asked = 0
  await using house = await pacsOf(() => (++asked === 2 ? 503 : 200))
  expect(await house.sender.send('case', findings)).toEqual({
    sent: false,
    message: expect.stringContaining('The PACS does not answer'),
  })
  expect(asked).toBe(2)
})

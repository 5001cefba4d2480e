import { existsSync, readdirSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { startCaseroom } from '../support/start-caseroom.ts'
import { until } from '../support/until.ts'

it('[PRIV-1] half an upload is not left on disk by a stop', async () => {
  const caseroom = await startCaseroom()
  try {
    const boundary = 'half'
    const upload = request(`${caseroom.url}/api/imports`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${caseroom.token('clinician')}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
    })
    upload.on('error', () => undefined) // the stop cuts it
    upload.write(
      `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="0"\r\n\r\n`,
    )
    upload.write(Buffer.alloc(300_000, 'Okonkwo'))
    const spool = join(caseroom.dataDir, 'spool')
    const spooled = () => (existsSync(spool) ? readdirSync(spool, { recursive: true }) : [])
    await until('a file in the spool', () => spooled().length >= 3)
    expect(await caseroom.stop()).toBe(0)
    expect(spooled()).toEqual([])
  } finally {
    await caseroom.remove()
  }
})

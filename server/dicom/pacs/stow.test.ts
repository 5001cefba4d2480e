import { describe, expect, it } from 'vitest'
import { readMultipart } from './multipart.ts'
import { outcomeOf, stowBody } from './stow.ts'

const items = (...Value: object[]) => ({ vr: 'SQ', Value })
const refused = (reason: number, uid: string) => ({
  '00081155': { vr: 'UI', Value: [uid] },
  '00081197': { vr: 'US', Value: [reason] },
})

describe('objects for the PACS', () => {
  it('[OUT-1] go as parts, byte by byte', async () => {
    const sent = [Buffer.from('DICM\r\n--'), Buffer.alloc(1000, 7)]
    const { body, contentType } = stowBody(sent)
    const boundary = contentType.split('boundary=')[1] as string
    const received: Buffer[] = []
    for await (const part of readMultipart(body.stream(), boundary)) {
      expect(part.contentType).toBe('application/dicom')
      const pieces: Uint8Array[] = []
      for await (const piece of part.content) pieces.push(piece)
      received.push(Buffer.concat(pieces))
    }
    expect(received).toEqual(sent)
  })

  it('[OUT-1] what was refused is said for each, in words; what is there already is stored', () => {
    const answer = {
      '00081199': items({}),
      '00081198': items(refused(0xa700, '1.1'), refused(0x0111, '1.2'), refused(0xc122, '1.3')),
    }
    expect(outcomeOf(answer, 4)).toEqual({
      stored: 2,
      refused: [
        { sopInstanceUID: '1.1', reason: 0xa700, message: expect.stringContaining('no room') },
        { sopInstanceUID: '1.3', reason: 0xc122, message: expect.stringContaining('syntax') },
      ],
    })
  })

  it('[OUT-1] what the PACS does not mention does not count as stored', () => {
    expect(outcomeOf({ '00081199': items({}) }, 2)).toMatchObject({
      stored: 1,
      refused: [{ sopInstanceUID: '', message: expect.stringContaining('did not say') }],
    })
  })
})

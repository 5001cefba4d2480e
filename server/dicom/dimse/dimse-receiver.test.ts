import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort } from '../../../test/support/free-port.ts'
import { until } from '../../../test/support/until.ts'
import { DimseReceiver } from './dimse-receiver.ts'

const jpegLs = '1.2.840.10008.1.2.4.80'
const ctImage = '1.2.840.10008.5.1.4.1.1.2'

/** What a sender says, written by hand: PS3.8 9.3, PS3.7 E. */
const pdu = (type: number, body: Uint8Array) => {
  const head = Buffer.alloc(6)
  head.writeUInt8(type)
  head.writeUInt32BE(body.length, 2)
  return Buffer.concat([head, body])
}
const item = (type: number, body: Uint8Array) => {
  const head = Buffer.from([type, 0, body.length >> 8, body.length & 255])
  return Buffer.concat([head, body])
}
const text = (words: string) => Buffer.from(words, 'latin1')
const context = (id: number, abstract: string, syntaxes: readonly string[]) =>
  item(
    0x20,
    Buffer.concat([
      Buffer.from([id, 0, 0, 0]),
      item(0x30, text(abstract)),
      ...syntaxes.map((uid) => item(0x40, text(uid))),
    ]),
  )
const associate = (...contexts: Buffer[]) =>
  pdu(
    1,
    Buffer.concat([
      Buffer.from([0, 1, 0, 0]),
      text('CASEROOM'.padEnd(16)),
      text('SENDER'.padEnd(16)),
      Buffer.alloc(32),
      item(0x10, text('1.2.840.10008.3.1.1.1')),
      ...contexts,
      item(0x50, item(0x51, Buffer.from([0, 0, 0, 0]))), // any length of PDU
    ]),
  )
const pdv = (id: number, header: number, value: Uint8Array) => {
  const head = Buffer.from([0, 0, 0, 0, id, header])
  head.writeUInt32BE(value.length + 2)
  return pdu(4, Buffer.concat([head, value]))
}
const element = (tag: number, value: Uint8Array) => {
  const head = Buffer.alloc(8)
  head.writeUInt16LE(tag, 2)
  head.writeUInt32LE(value.length, 4)
  return Buffer.concat([head, value])
}
const short = (value: number) => Buffer.from([value & 255, value >> 8])
const even = (uid: string) => text(uid.length % 2 ? `${uid}\0` : uid)
const storeRequest = (instance: string, sopClass = ctImage, messageId = 1) => {
  const elements = Buffer.concat([
    element(0x0002, even(sopClass)),
    element(0x0100, short(0x0001)),
    element(0x0110, short(messageId)),
    element(0x0700, short(0)),
    element(0x0800, short(0x0102)),
    element(0x1000, even(instance)),
  ])
  const length = Buffer.alloc(4)
  length.writeUInt32LE(elements.length)
  return Buffer.concat([element(0x0000, length), elements])
}
const releaseRequest = pdu(5, Buffer.alloc(4))
const commandHeader = 3
const [dataHeader, lastDataHeader] = [0, 2]

interface Arrived {
  readonly files: Buffer[]
  state: 'open' | 'accepted' | 'refused'
  words?: string
}

let receiver: DimseReceiver
let port: number
let imports: Arrived[]
let troubles: unknown[]
let slowDisk: Promise<void> | undefined

beforeEach(async () => {
  port = await freePort()
  ;[imports, troubles, slowDisk] = [[], [], undefined]
  receiver = new DimseReceiver({
    config: {
      aeTitle: 'CASEROOM',
      host: '127.0.0.1',
      port,
      allowed: [{ aeTitle: 'SENDER', host: undefined }],
      tls: undefined,
    },
    intake: {
      receive: async () => {
        const arrived: Arrived = { files: [], state: 'open' }
        imports.push(arrived)
        return {
          importId: `${imports.length}`,
          title: '',
          addFile: async (content: Readable) => {
            await slowDisk
            arrived.files.push(await buffer(content))
          },
          progress: () => {},
          accept: () => {
            arrived.state = 'accepted'
          },
          refuse: async (error) => {
            arrived.state = 'refused'
            arrived.words = (error as Error).message
          },
        }
      },
      interrupted: (message) => new Error(message),
    },
    recordSent: async () => {},
    onRefused: () => {},
    onTrouble: (error) => troubles.push(error),
    limits: { firstPduMs: 150, idleMs: 300, associations: 2, quietMs: 1000, gatherMs: 60_000 },
  })
  await receiver.listen()
})
afterEach(async () => {
  await receiver.close()
  expect(troubles).toEqual([])
})

class Sender {
  readonly socket: Socket
  #said = Buffer.alloc(0)
  #isClosed = false

  constructor() {
    this.socket = connect({ port, host: '127.0.0.1' })
    this.socket.on('data', (chunk) => {
      this.#said = Buffer.concat([this.#said, chunk])
    })
    this.socket.on('error', () => undefined) // a reset is a way to close
    this.socket.on('close', () => {
      this.#isClosed = true
    })
  }

  /** The next whole PDU that came; undefined once it is closed and nothing is left. */
  async hears(): Promise<Buffer | undefined> {
    await until('an answer', () => this.#whole() || this.#isClosed, 5000)
    const whole = this.#whole()
    this.#said = this.#said.subarray(whole?.length ?? 0)
    return whole
  }

  #whole(): Buffer | undefined {
    if (this.#said.length < 6) return undefined
    const bytes = 6 + this.#said.readUInt32BE(2)
    return this.#said.length >= bytes ? Buffer.from(this.#said.subarray(0, bytes)) : undefined
  }

  async asks(...contexts: Buffer[]): Promise<Buffer | undefined> {
    this.socket.write(associate(...contexts))
    return this.hears()
  }
}

const types = (...answers: (Buffer | undefined)[]) => answers.map((answer) => answer?.[0])
/** The status is the last element of a C-STORE response. */
const statusOf = (response: Buffer | undefined) => {
  const at = response?.indexOf(Buffer.from([0, 0, 0, 9, 2, 0, 0, 0])) ?? -1
  return response?.readUInt16LE(at + 8)
}
const ct = context(1, ctImage, ['1.2.840.10008.1.2.4.100', jpegLs, '1.2.840.10008.1.2.1'])

describe('an association', () => {
  it('[IN-3] takes the first syntax it can read, every storage class, and nothing else', async () => {
    const sender = new Sender()
    const answer = await sender.asks(
      ct,
      context(3, '1.2.840.10008.5.1.4.1.1.88.33', ['1.2.840.10008.1.2']),
      context(5, '1.2.840.10008.5.1.4.1.2.2.1', ['1.2.840.10008.1.2']),
      context(7, ctImage, ['1.2.840.10008.1.2.4.100']),
    )
    const results = [...(answer?.toString('latin1') ?? '').matchAll(/\x21\0..(.)\0(.)\0/gs)]
    expect(results.map(([, id, result]) => [id?.charCodeAt(0), result?.charCodeAt(0)])).toEqual([
      [1, 0],
      [3, 0],
      [5, 3],
      [7, 4],
    ])
    expect(answer?.includes(jpegLs)).toBe(true)
    sender.socket.destroy()
  })

  it.each([
    '1.2.840.10008.1.2',
    '1.2.840.10008.1.2.1',
    '1.2.840.10008.1.2.2',
    '1.2.840.10008.1.2.1.99',
    '1.2.840.10008.1.2.5',
    '1.2.840.10008.1.2.4.50',
    '1.2.840.10008.1.2.4.51',
    '1.2.840.10008.1.2.4.57',
    '1.2.840.10008.1.2.4.70',
    '1.2.840.10008.1.2.4.80',
    '1.2.840.10008.1.2.4.81',
    '1.2.840.10008.1.2.4.90',
    '1.2.840.10008.1.2.4.91',
    '1.2.840.10008.1.2.4.201',
    '1.2.840.10008.1.2.4.202',
    '1.2.840.10008.1.2.4.203',
  ])('[IN-4] takes %s', async (syntax) => {
    const sender = new Sender()
    const answer = await sender.asks(context(1, ctImage, [syntax]))
    expect(answer?.includes(item(0x40, text(syntax)))).toBe(true)
    sender.socket.destroy()
  })

  it('[IN-3] stores the bytes as they came, in pieces of every size, behind a slow disk', async () => {
    const dataSet = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => (n * 7) & 255))
    let diskReady = () => {}
    slowDisk = new Promise((resolve) => {
      diskReady = resolve
    })
    const sender = new Sender()
    expect(types(await sender.asks(ct))).toEqual([2])
    sender.socket.write(pdv(1, commandHeader, storeRequest('1.2.3')))
    for (let at = 0, bytes = 1; at < dataSet.length; at += bytes, bytes = (bytes * 5) % 200_003) {
      const isLast = at + bytes >= dataSet.length
      const piece = dataSet.subarray(at, at + bytes)
      sender.socket.write(pdv(1, isLast ? lastDataHeader : dataHeader, piece))
    }
    // Impatient: the release is there before the answer.
    sender.socket.write(releaseRequest)
    expect(imports.flatMap(({ files }) => files)).toEqual([])
    diskReady()
    const stored = await sender.hears()
    expect([types(stored), statusOf(stored)]).toEqual([[4], 0])
    expect(types(await sender.hears(), await sender.hears())).toEqual([6, undefined])
    await until('accepted', () => imports[0]?.state === 'accepted')
    const [{ files }] = imports as [Arrived]
    expect([imports.length, files.length]).toEqual([1, 1])
    expect(files[0]?.subarray(128, 132).toString()).toBe('DICM')
    expect(files[0]?.subarray(-dataSet.length).equals(dataSet)).toBe(true)
  })

  it('[IN-3] two objects sent without waiting are two files, in order', async () => {
    const sender = new Sender()
    await sender.asks(ct)
    const object = (n: number) => [
      pdv(1, commandHeader, storeRequest(`1.2.${n}`, ctImage, n)),
      pdv(1, lastDataHeader, text(`object ${n}`.padEnd(10))),
    ]
    sender.socket.write(Buffer.concat([...object(1), ...object(2), releaseRequest]))
    expect(types(await sender.hears(), await sender.hears(), await sender.hears())).toEqual([
      4, 4, 6,
    ])
    const ends = imports[0]?.files.map((file) => file.subarray(-10).toString().trim())
    expect(ends).toEqual(['object 1', 'object 2'])
  })

  it('[IN-3] an abort, a cut and a release in the middle of an object leave nothing half', async () => {
    const half = [pdv(1, commandHeader, storeRequest('1.2.3')), pdv(1, dataHeader, text('half'))]
    const whole = [pdv(1, commandHeader, storeRequest('1.2.4')), pdv(1, lastDataHeader, text('x '))]
    for (const [first, end] of [
      [half, pdu(7, Buffer.alloc(4))],
      [half, undefined],
      [half, releaseRequest],
      [whole, pdu(7, Buffer.alloc(4))],
    ] as const) {
      const sender = new Sender()
      await sender.asks(ct)
      sender.socket.write(Buffer.concat(first))
      await until('an import', () => imports[0])
      if (end) sender.socket.write(end)
      else sender.socket.destroy()
      await until('refused', () => imports[0]?.state === 'refused')
      expect(imports[0]?.words).toContain('Send them again')
      imports.length = 0
      sender.socket.destroy()
    }
  })

  it('[IN-3] Caseroom stopping in the middle of an object says so', async () => {
    const sender = new Sender()
    await sender.asks(ct)
    sender.socket.write(pdv(1, commandHeader, storeRequest('1.2.3')))
    sender.socket.write(pdv(1, dataHeader, text('half')))
    await until('an import', () => imports[0])
    await receiver.close()
    expect(types(await sender.hears())).toEqual([7])
    expect(imports[0]).toMatchObject({
      state: 'refused',
      words: expect.stringContaining('Caseroom was stopped'),
    })
  })

  it('[IN-3] an object of another class than its context, or without a UID, ends it', async () => {
    for (const command of [
      storeRequest('1.2.3', '1.2.840.10008.5.1.4.1.1.4'),
      storeRequest('../../etc'),
    ]) {
      const sender = new Sender()
      await sender.asks(ct)
      sender.socket.write(pdv(1, commandHeader, command))
      sender.socket.write(pdv(1, lastDataHeader, text('x ')))
      expect(types(await sender.hears())).toEqual([7])
    }
    expect(imports.every(({ files }) => files.length === 0)).toBe(true)
  })

  it('[IN-3] one more than it takes is asked to come later', async () => {
    const senders = [new Sender(), new Sender()]
    for (const sender of senders) expect(types(await sender.asks(ct))).toEqual([2])
    const rejected = await new Sender().asks(ct)
    expect([...(rejected ?? [])]).toEqual([3, 0, 0, 0, 0, 4, 0, 2, 3, 2])
    for (const { socket } of senders) socket.destroy()
    await until('room', async () => types(await new Sender().asks(ct))[0] === 2)
  })
})

describe('a sender that opens an association for each image', () => {
  const object = (n: number) =>
    Buffer.concat([
      pdv(1, commandHeader, storeRequest(`1.2.${n}`, ctImage, n)),
      pdv(1, lastDataHeader, text(`object ${n}`.padEnd(10))),
    ])
  /** The status that the object is answered with. */
  const sendOne = async (n: number) => {
    const sender = new Sender()
    expect(types(await sender.asks(ct))).toEqual([2])
    sender.socket.write(Buffer.concat([object(n), releaseRequest]))
    const status = statusOf(await sender.hears())
    expect(types(await sender.hears(), await sender.hears())).toEqual([6, undefined])
    return status
  }

  it('[IN-3] has sent one import, which goes on when nothing more comes', async () => {
    for (let n = 1; n <= 20; n++) expect(await sendOne(n)).toBe(0)
    await until('accepted', () => imports[0]?.state === 'accepted')
    expect(imports.map(({ files }) => files.length)).toEqual([20])
    expect(await sendOne(21)).toBe(0)
    await until('another', () => imports[1]?.state === 'accepted')
    expect(imports.map(({ files }) => files.length)).toEqual([20, 1])
  })

  it('[IN-3] and breaks one of them off has sent nothing: the rest is no study', async () => {
    expect(await sendOne(1)).toBe(0)
    const broken = new Sender()
    await broken.asks(ct)
    broken.socket.write(object(2))
    expect(statusOf(await broken.hears())).toBe(0)
    broken.socket.destroy()
    await until('none under way', async () => (await sendOne(3)) === 0xa700)
    await until('refused', () => imports[0]?.state === 'refused')
    expect(imports[0]?.words).toContain('Send them again')
    expect(await sendOne(4)).toBe(0)
    await until('sent again', () => imports.at(-1)?.state === 'accepted')
  })

  it('[IN-3] keeps its import when it only asks whether anybody is there, and leaves rudely', async () => {
    expect(await sendOne(1)).toBe(0)
    const rude = new Sender()
    await rude.asks(ct)
    rude.socket.destroy()
    await until('accepted', () => imports[0]?.state === 'accepted')
  })

  it('[IN-3] and is quiet when Caseroom stops: what it sent goes on', async () => {
    expect(await sendOne(1)).toBe(0)
    await receiver.close()
    expect(imports.map(({ state }) => state)).toEqual(['accepted'])
  })
})

describe('many objects in one association', () => {
  it('[IN-3] leave no listeners behind', async () => {
    const warnings: Error[] = []
    const hear = (warning: Error) => warnings.push(warning)
    process.on('warning', hear)
    const sender = new Sender()
    await sender.asks(ct)
    const large = Buffer.alloc(200_000)
    for (let n = 1; n <= 12; n++) {
      sender.socket.write(pdv(1, commandHeader, storeRequest(`1.2.${n}`, ctImage, n)))
      for (let piece = 0; piece < 100; piece++) sender.socket.write(pdv(1, dataHeader, large))
      sender.socket.write(pdv(1, lastDataHeader, large))
      expect(statusOf(await sender.hears())).toBe(0)
    }
    sender.socket.write(releaseRequest)
    expect(types(await sender.hears())).toEqual([6])
    process.off('warning', hear)
    expect(warnings).toEqual([])
  }, 20_000)
})

describe('a port that anybody reaches', () => {
  it('[IN-3] who says nothing, half a PDU, or nothing more is let go of', async () => {
    const startMs = performance.now()
    const silent = new Sender()
    const half = new Sender()
    half.socket.write(associate(ct).subarray(0, 40))
    expect(await silent.hears()).toEqual(Buffer.from([7, 0, 0, 0, 0, 4, 0, 0, 2, 1]))
    expect(types(await half.hears())).toEqual([7])
    expect(performance.now() - startMs).toBeLessThan(3000)
    const idle = new Sender()
    expect(types(await idle.asks(ct))).toEqual([2])
    expect(types(await idle.hears())).toEqual([7])
  })

  it('[IN-3] drop by drop is not a way to stay', async () => {
    const sender = new Sender()
    const drops = associate(ct).values()
    const drip = () => sender.socket.write(Buffer.of(drops.next().value ?? 0))
    const dripping = setInterval(drip, 5)
    expect(types(await sender.hears())).toEqual([7])
    clearInterval(dripping)
    expect([...drops].length).toBeGreaterThan(0)
  })

  it('[IN-3] a command without end, and data that belongs to no object, fill no memory', async () => {
    const flood = async (header: number) => {
      const sender = new Sender()
      await sender.asks(ct)
      const piece = pdv(1, header, Buffer.alloc(60_000))
      let sent = 0
      const flood = Readable.from(
        (function* () {
          for (; sent < 200e6; sent += piece.length) yield piece
        })(),
      )
      await expect(pipeline(flood, sender.socket)).rejects.toThrow()
      return sent
    }
    expect(await flood(1)).toBeLessThan(20e6)
    expect(await flood(0)).toBeLessThan(20e6)
  })
})

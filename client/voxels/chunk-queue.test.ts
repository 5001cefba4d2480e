import { describe, expect, it } from 'vitest'
import { ChunkQueue } from './chunk-queue.ts'

const place = (key: string, level = 0, xMm = 0) => ({
  key,
  level,
  centreMm: [xMm, 0, 0] as [number, number, number],
})
const idle = { urgent: false, signal: new AbortController().signal }
const urgent = { ...idle, urgent: true }

/** Jobs that end when told, and the order in which they were begun. */
function desk(slots: number) {
  const queue = new ChunkQueue<string>(slots)
  const begun: string[] = []
  const aborted: string[] = []
  const ends = new Map<string, PromiseWithResolvers<string>>()
  const run = (key: string) => (signal: AbortSignal) => {
    begun.push(key)
    const end = Promise.withResolvers<string>()
    ends.set(key, end)
    signal.addEventListener('abort', () => {
      aborted.push(key)
      end.reject(signal.reason)
    })
    return end.promise
  }
  const want = (at: ReturnType<typeof place>, options = idle) =>
    queue.want(at, options, run(at.key))
  const end = async (key: string) => {
    ends.get(key)?.resolve(key)
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { queue, begun, aborted, ends, want, end }
}

describe('what is wanted of a volume', () => {
  it('[CASE-4] comes a few at a time: the urgent, then coarse levels, then what is near', async () => {
    const { queue, begun, want, end } = desk(1)
    queue.lookedAtMm = [100, 0, 0]
    const all = [
      want(place('first')),
      want(place('fine, far', 0, 0)),
      want(place('fine, near', 0, 90)),
      want(place('coarse, far', 1, -500)),
      want(place('urgent', 0, -500), urgent),
      want(place('urgent, later', 3, 100), urgent),
    ]
    for (let n = 0; n < all.length; n++) await end(begun.at(-1) ?? '')
    await Promise.all(all)
    expect(begun).toEqual([
      'first',
      'urgent',
      'urgent, later',
      'coarse, far',
      'fine, near',
      'fine, far',
    ])
  })

  it('follows the place looked at while it waits', async () => {
    const { queue, begun, want, end } = desk(1)
    const all = [want(place('first')), want(place('left', 0, -50)), want(place('right', 0, 50))]
    queue.lookedAtMm = [60, 0, 0]
    await end('first')
    expect(begun).toEqual(['first', 'right'])
    await end('right')
    await end('left')
    await Promise.all(all)
  })

  it('is fetched once for all who want it, and urgent if one of them is in a hurry', async () => {
    const { begun, want, end } = desk(1)
    const all = [want(place('first')), want(place('near', 0, 1)), want(place('far', 0, 9))]
    all.push(want(place('far', 0, 9), urgent))
    await end('first')
    await end('far')
    await end('near')
    expect(await Promise.all(all)).toEqual(['first', 'near', 'far', 'far'])
    expect(begun).toEqual(['first', 'far', 'near'])
  })

  it('is given up when nobody wants it any more, also while it is fetched', async () => {
    const { begun, aborted, want, end } = desk(1)
    const [one, other, third] = [1, 2, 3].map(() => new AbortController())
    const running = [
      want(place('running'), { urgent: false, signal: one!.signal }),
      want(place('running'), { urgent: false, signal: other!.signal }),
    ]
    const queued = want(place('queued'), { urgent: false, signal: third!.signal })
    const ended = Promise.allSettled([...running, queued])
    third!.abort(new Error('another slice'))
    one!.abort(new Error('left'))
    await end('nothing')
    expect(aborted).toEqual([])
    other!.abort(new Error('left too'))
    expect((await ended).map((end) => end.status === 'rejected' && end.reason.message)).toEqual([
      'left',
      'left too',
      'another slice',
    ])
    expect(aborted).toEqual(['running'])
    // Its slot is free, and it may be wanted again.
    const again = want(place('running'))
    await end('nothing')
    await end('running')
    expect(await again).toBe('running')
    expect(begun).toEqual(['running', 'running'])
  })

  it('a failure reaches all who wait for it, and takes no slot', async () => {
    const { ends, want, end } = desk(1)
    const waiting = Promise.allSettled([want(place('broken')), want(place('broken'))])
    ends.get('broken')?.reject(new Error('no luck'))
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = want(place('next'))
    await end('next')
    expect(await next).toBe('next')
  })
})

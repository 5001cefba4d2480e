import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { SeriesPath } from '../../../shared/pacs/pacs.ts'
import { PacsError, type PacsRefusal } from '../../../shared/pacs/pacs-error.ts'
import type { DicomWebClient } from './dicomweb-client.ts'
import type { IncomingImport } from './incoming-import.ts'

export interface RetryPolicy {
  /** Of one instance, in a row. */
  readonly attempts: number
  /** Before the second attempt; it doubles from attempt to attempt, up to `longestMs`. */
  readonly firstMs: number
  readonly longestMs: number
}

/** Half a minute of trying: a PACS that is restarted is back by then. */
export const retryPolicy: RetryPolicy = { attempts: 8, firstMs: 250, longestMs: 8000 }

const instancesAtOnce = 4
const worthAnotherTry: readonly PacsRefusal[] = [
  'pacs-unreachable',
  'pacs-interrupted',
  'pacs-timeout',
]

/**
 * Fetches every instance of the series into the import, several at once. One that breaks off is
 * asked for again, alone: what has arrived whole stays. Throws a PacsError when an instance cannot
 * be had, or what the import refuses a file with; nothing is fetched any more then.
 */
export async function bringSeries(
  client: DicomWebClient,
  series: readonly SeriesPath[],
  into: Pick<IncomingImport, 'addFile' | 'progress'>,
  options: { signal: AbortSignal; retry?: RetryPolicy },
): Promise<void> {
  const { retry = retryPolicy } = options
  const failing = new AbortController()
  const signal = AbortSignal.any([options.signal, failing.signal])
  const again = <T>(attempt: () => Promise<T>) => retrying(attempt, retry, signal)
  const wanted: (readonly [SeriesPath, string])[] = []
  for (const each of series) {
    const uids = await again(() => client.listInstances(each, signal))
    wanted.push(...uids.map((uid) => [each, uid] as const))
  }
  if (wanted.length === 0) throw new PacsError('pacs-not-found')
  let arrived = 0
  const rest = wanted.values()
  const fetchRest = async () => {
    for (const [path, uid] of rest) {
      await again(() => into.addFile(streamOf(client.retrieveInstance(path, uid, signal))))
      into.progress(++arrived / wanted.length)
    }
  }
  // Nobody writes any more when this throws.
  await Promise.allSettled(
    Array.from({ length: instancesAtOnce }, () =>
      fetchRest().catch((error: unknown) => failing.abort(error)),
    ),
  )
  options.signal.throwIfAborted()
  failing.signal.throwIfAborted()
}

const streamOf = (content: AsyncIterable<Uint8Array>) =>
  Readable.from(content, { objectMode: false })

async function retrying<T>(
  attempt: () => Promise<T>,
  { attempts, firstMs, longestMs }: RetryPolicy,
  signal: AbortSignal,
): Promise<T> {
  for (let failures = 1; ; failures++) {
    signal.throwIfAborted()
    try {
      return await attempt()
    } catch (error) {
      signal.throwIfAborted()
      const isWorthIt = error instanceof PacsError && worthAnotherTry.includes(error.code)
      if (!isWorthIt || failures >= attempts) throw error
      const waitMs = Math.min(longestMs, firstMs * 2 ** (failures - 1))
      await delay(waitMs * (0.5 + Math.random() / 2), undefined, { signal })
    }
  }
}

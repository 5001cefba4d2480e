import { cachePrefix, holdVolumes } from './forget-volumes.ts'
import type { KeptKeys } from './zarr-source.ts'

/** What this page may keep of volumes on the device, all together. */
export interface KeepingBound {
  readonly mostBytes: number
}

const largestBytes = 2 ** 30
const shareOfQuota = 0.2

/** Of this many bytes the record may be behind, where the page is closed in between. */
const recordEveryBytes = 2 ** 20
const recordAfterMs = 500

const recordsName = `${cachePrefix}s`
const nameOf = (zarrUrl: string) => `${cachePrefix} ${zarrUrl}`

interface KeptRecord {
  readonly bytes: number
  readonly usedAtMs: number
  /** Keys that the server does not have: chunks of nothing. */
  readonly absent: readonly string[]
}

/**
 * Opens what was kept of a volume. Undefined where the browser keeps nothing: without a secure
 * context, or where it was told not to.
 */
export async function keepVolume(
  zarrUrl: string,
  bound?: KeepingBound,
): Promise<KeptVolume | undefined> {
  if (!('caches' in globalThis)) return undefined
  try {
    const url = withoutCredentials(zarrUrl)
    const mostBytes = bound?.mostBytes ?? (await affordableBytes())
    await holdVolumes()
    const [chunks, records] = await Promise.all([
      caches.open(nameOf(url)),
      caches.open(recordsName),
    ])
    return await KeptVolume.open(url, chunks, records, mostBytes)
  } catch {
    // What cannot be kept is fetched again.
    return undefined
  }
}

async function affordableBytes(): Promise<number> {
  const { quota } = await navigator.storage.estimate()
  return Math.min(largestBytes, shareOfQuota * (quota ?? 0))
}

function withoutCredentials(zarrUrl: string): string {
  const url = new URL(zarrUrl)
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`
}

/**
 * The keys of one volume in Cache Storage. All volumes together stay within a bound: the least
 * recently used ones go first. Where the browser refuses, nothing more is kept.
 */
export class KeptVolume implements KeptKeys {
  readonly #url: string
  readonly #chunks: Cache
  readonly #records: Cache
  readonly #mostBytes: number
  readonly #absent: Set<string>
  #bytes: number
  #unrecorded = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #state: 'keeping' | 'full' | 'dropped' = 'keeping'
  /** One after another. */
  #work = Promise.resolve()

  private constructor(
    url: string,
    { chunks, records }: { chunks: Cache; records: Cache },
    before: KeptRecord | undefined,
    mostBytes: number,
  ) {
    this.#url = url
    this.#chunks = chunks
    this.#records = records
    this.#mostBytes = mostBytes
    this.#bytes = before?.bytes ?? 0
    this.#absent = new Set(before?.absent)
  }

  static async open(
    url: string,
    chunks: Cache,
    records: Cache,
    mostBytes: number,
  ): Promise<KeptVolume> {
    const before = await recordIn(records, url)
    const kept = new KeptVolume(url, { chunks, records }, before, mostBytes)
    if (before) kept.#recordSoon()
    return kept
  }

  /** All that was written so far is kept, or refused. */
  async settled(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#work
    await this.#record()
  }

  async read(key: string): Promise<'absent' | Uint8Array | undefined> {
    if (this.#state === 'dropped') return undefined
    if (this.#absent.has(key)) return 'absent'
    try {
      const response = await this.#chunks.match(`${this.#url}${key}`)
      return response && new Uint8Array(await response.arrayBuffer())
    } catch {
      return undefined // it is fetched instead
    }
  }

  write(key: string, value: 'absent' | Uint8Array): void {
    if (this.#state !== 'keeping') return
    if (value === 'absent') {
      this.#absent.add(key)
      this.#recordSoon()
      return
    }
    const copy = value.slice()
    this.#work = this.#work.then(() => this.#put(key, copy))
  }

  async drop(): Promise<void> {
    this.#state = 'dropped'
    clearTimeout(this.#timer)
    await this.#work
    await forget(this.#records, this.#url)
  }

  async #put(key: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.#state !== 'keeping') return
    try {
      if (!(await this.#makeRoom(body.byteLength))) {
        this.#state = 'full'
        return
      }
      await this.#chunks.put(`${this.#url}${key}`, new Response(body))
      this.#bytes += body.byteLength
      this.#unrecorded += body.byteLength
      if (this.#unrecorded >= recordEveryBytes) await this.#record()
      else this.#recordSoon()
    } catch {
      this.#state = 'full' // the browser's own bound is lower; what is there stays
    }
  }

  async #makeRoom(bytes: number): Promise<boolean> {
    if (this.#bytes + bytes > this.#mostBytes) return false
    // Looked at as often as the record is written: others keep volumes too.
    if (this.#unrecorded > 0) return true
    const others = (await recordsIn(this.#records)).filter(({ url }) => url !== this.#url)
    others.sort((a, b) => a.usedAtMs - b.usedAtMs)
    let all = others.reduce((sum, other) => sum + other.bytes, this.#bytes)
    for (const other of others) {
      if (all + recordEveryBytes + bytes <= this.#mostBytes) break
      await forget(this.#records, other.url)
      all -= other.bytes
    }
    return true
  }

  #recordSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#work = this.#work.then(() => this.#record())
    }, recordAfterMs)
  }

  async #record(): Promise<void> {
    if (this.#state === 'dropped') return
    const record: KeptRecord = {
      bytes: this.#bytes,
      usedAtMs: Date.now(),
      absent: [...this.#absent],
    }
    try {
      await this.#records.put(this.#url, Response.json(record))
      this.#unrecorded = 0
    } catch {
      this.#state = 'full'
    }
  }
}

async function recordIn(records: Cache, url: string): Promise<KeptRecord | undefined> {
  const response = await records.match(url)
  return response && ((await response.json()) as KeptRecord)
}

async function recordsIn(records: Cache): Promise<(KeptRecord & { url: string })[]> {
  const found: (KeptRecord & { url: string })[] = []
  for (const { url } of await records.keys()) {
    const record = await recordIn(records, url)
    if (record) found.push({ ...record, url })
  }
  return found
}

async function forget(records: Cache, url: string): Promise<void> {
  await caches.delete(nameOf(url))
  await records.delete(url)
}

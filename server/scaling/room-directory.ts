import { setTimeout as delay } from 'node:timers/promises'
import type { IRoomCache } from '@colyseus/core'
import { RedisDriver } from '@colyseus/redis-driver'
import { Redis } from 'ioredis'
import type { HostProcess } from './host-process.ts'
import { redisOptions } from './redis-options.ts'

/** Twice as long as it takes every process to look whether its rooms are listed. */
const relistedAfterSeconds = 2
const upLookMs = 100

/** A room as all processes see it. */
export interface ListedRoom extends IRoomCache {
  readonly host: HostProcess
}

/** Colyseus's own hash of rooms, a JSON text each. */
const rooms = 'roomcaches'

/** Writes a room where nobody has listed it, or the same process has. Answers what is listed then. */
const listIt = `
local listed = redis.call('hget', KEYS[1], ARGV[1])
if listed and cjson.decode(listed).host.processId ~= ARGV[2] then return listed end
redis.call('hset', KEYS[1], ARGV[1], ARGV[3])
return ARGV[3]`

/** Removes a room where that process has listed it. */
const strikeIt = `
local listed = redis.call('hget', KEYS[1], ARGV[1])
if not listed or cjson.decode(listed).host.processId ~= ARGV[2] then return 0 end
return redis.call('hdel', KEYS[1], ARGV[1])`

/**
 * Which process hosts which room. A room is listed by one process at a time: first come, and nobody
 * writes over another's line. Colyseus's driver lets the last writer win; so this decides instead.
 */
export class RoomDirectory extends RedisDriver {
  readonly #self: HostProcess
  /** What this process has listed, to list it again where Redis has forgotten. */
  readonly #own = new Map<string, IRoomCache>()
  /** What it has let go of, as far as Redis may not have heard. */
  readonly #letGo = new Set<string>()
  readonly #redis: Redis
  /** All who host something have had the time to list it. */
  #complete = false

  constructor(redisUrl: string, self: HostProcess, onTrouble: (error: unknown) => void) {
    const redis = new Redis(redisOptions(redisUrl))
    super(redis)
    this.#self = self
    this.#redis = redis
    this.#redis.on('error', onTrouble)
    this.#redis.on('close', () => {
      this.#complete = false
    })
    this.#redis.on('ready', () => {
      for (const roomId of this.#letGo) this.letGo(roomId).catch(onTrouble)
    })
  }

  /** Lists this process as the host. Answers who is: this process, or who came first. */
  async claim(roomId: string): Promise<HostProcess> {
    await this.#relisted()
    this.#letGo.delete(roomId)
    try {
      const claimed = { roomId, name: 'conference' } as IRoomCache
      return (await this.#list(this.#own.get(roomId) ?? claimed)).host
    } catch (error) {
      this.letGo(roomId).catch(() => undefined) // asked too late, and done all the same
      throw error
    }
  }

  /** The same for a room that this process has hosted all the time, and Redis may have forgotten. */
  async relist(roomId: string): Promise<HostProcess> {
    const room = this.#own.get(roomId)
    return room ? (await this.#list(room)).host : this.#self
  }

  /** Strikes off what this process has listed: now, or when Redis is there again. */
  async letGo(roomId: string): Promise<void> {
    this.#own.delete(roomId)
    this.#letGo.add(roomId)
    await this.strike(roomId, this.#self)
    this.#letGo.delete(roomId)
  }

  async find(roomId: string): Promise<ListedRoom | undefined> {
    return (await this.findOne({ roomId })) as ListedRoom | undefined
  }

  /** In the order of the ids. */
  async hostsOf(roomIds: readonly string[]): Promise<(HostProcess | undefined)[]> {
    if (roomIds.length === 0) return []
    const texts = await this.#redis.hmget(rooms, ...roomIds)
    return texts.map((text) => (text ? (JSON.parse(text) as ListedRoom).host : undefined))
  }

  /** Strikes a room off that `host` has listed; nothing happens where another has. */
  async strike(roomId: string, host: HostProcess): Promise<void> {
    await this.#redis.eval(strikeIt, 1, rooms, roomId, host.processId)
  }

  /** Colyseus asks this when a room is made. */
  async insert(room: IRoomCache): Promise<boolean> {
    const own = (await this.#list(room)).host.processId === this.#self.processId
    if (own) this.#own.set(room.roomId, room)
    return own
  }

  override persist(room: IRoomCache): Promise<boolean> {
    return this.insert(room)
  }

  /** Nobody reads how many clients a room has or whether it is locked: the room itself is asked. */
  override async update(
    room: IRoomCache,
    operations: Parameters<RedisDriver['update']>[1],
  ): Promise<boolean> {
    Object.assign(room, operations.$set)
    for (const [field, by] of Object.entries(operations.$inc ?? {})) {
      const counts = room as unknown as Record<string, number>
      counts[field] = (counts[field] ?? 0) + Number(by)
    }
    return true
  }

  /** Colyseus's line is struck too early, before the room's log is written: `letGo` does it later. */
  override async remove(): Promise<boolean> {
    return true
  }

  /** Every room has struck its own line by then. */
  override async cleanup(): Promise<void> {}

  override async shutdown(): Promise<void> {
    this.#redis.disconnect()
  }

  /** A Redis that has just started knows nothing yet: whoever hosts a room is let come first. */
  async #relisted(): Promise<void> {
    while (!this.#complete) {
      const [, seconds = '0'] =
        /uptime_in_seconds:(\d+)/.exec(await this.#redis.info('server')) ?? []
      if (Number(seconds) >= relistedAfterSeconds) this.#complete = true
      else await delay(upLookMs)
    }
  }

  async #list(room: IRoomCache): Promise<ListedRoom> {
    const { processId } = this.#self
    const text = JSON.stringify({ ...room, host: this.#self })
    const listed = await this.#redis.eval(listIt, 1, rooms, room.roomId, processId, text)
    return JSON.parse(String(listed)) as ListedRoom
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import type { LoggedEvent } from '../../server/conference/ports.ts'
import { openDatabase } from '../../server/storage/database.ts'
import { SqlEventLog } from '../../server/storage/sql-event-log.ts'
import { Attendant } from './attendant.ts'
import type { Installation } from './installation.ts'
import { until } from './until.ts'

/** One thing that somebody asked for, until it was answered. */
interface Errand {
  readonly participantId: string
  readonly commandId: string
  readonly seq: number
}

export interface DrillResult {
  /** Of each kill: until the last of them was back, ms. */
  readonly backMs: readonly number[]
  readonly acknowledged: number
  /** Acknowledged, and not in the log under the number that was told. */
  readonly lost: number
  /** In the log more than once. */
  readonly doubled: number
  /** Of everybody's state at the end, and of what each process answers. */
  readonly hashes: readonly string[]
}

/** Marks are made and taken back, so that the state stays as small as in a conference. */
const marksKept = 20
const askAgainMs = 100

/** Somebody who never stops working, and asks again whatever a lost line left unanswered. */
class Worker {
  readonly one: Attendant
  readonly errands: Errand[] = []
  readonly #marks: string[] = []
  #stopping = false
  #done: Promise<void> | undefined

  constructor(one: Attendant) {
    this.one = one
  }

  start(): void {
    this.#done = this.#work()
  }

  /** Resolves when the last thing asked is answered. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.#done
  }

  async #work(): Promise<void> {
    for (let n = 0; !this.#stopping; n++) {
      const annotationId = `${this.one.participantId.slice(0, 8)}-${n}`
      const pointsMm = [[n, n, n]]
      await this.#ask('addAnnotation', { annotationId, kind: 'point', pointsMm }, n)
      this.#marks.push(annotationId)
      if (this.#marks.length <= marksKept) continue
      await this.#ask('deleteAnnotation', { annotationId: this.#marks.shift() }, n)
    }
  }

  async #ask(type: string, fields: object, n: number): Promise<void> {
    const { participantId } = this.one
    const commandId = `${participantId}-${type}-${n}`
    for (;;) {
      try {
        const answer = await this.one.command(type, fields, commandId)
        if (answer.ok) this.errands.push({ participantId, commandId, seq: answer.seq })
        else throw new Error(answer.reason)
        return
      } catch {
        await delay(askAgainMs)
      }
    }
  }
}

/**
 * Kills the process that hosts the conference, again and again, while everybody in it works; a new
 * process comes for each that was killed.
 */
export async function drill(
  installation: Installation,
  links: Record<'attending' | 'resident' | 'observer', string>,
  { kills, residents }: { kills: number; residents: number },
): Promise<DrillResult> {
  const { url } = installation.door
  const attending = await Attendant.join(url, links.attending, 'Dr Ada Okafor')
  const observer = await Attendant.join(url, links.observer, 'Olga Observes')
  const working = [attending]
  for (let n = 0; n < residents; n++) {
    working.push(await Attendant.join(url, links.resident, `Resident ${n}`))
  }
  const people = [...working, observer]
  const everybody = (is: (one: Attendant) => boolean) => people.every(is)
  const workers = working.map((one) => new Worker(one))
  for (const worker of workers) worker.start()

  const backMs: number[] = []
  for (let kill = 0; kill < kills; kill++) {
    const before = workers.map(({ errands }) => errands.length)
    await until('everybody works', () =>
      workers.every(({ errands }, n) => errands.length > (before[n] ?? 0) + 2),
    )
    await until('another process stands by', () => allReady(installation))
    const heard = people.map(({ states }) => states.length)
    const host = await installation.host()
    const killedAtMs = performance.now()
    await installation.end(host, 'SIGKILL')
    await until('they notice', () =>
      people.every(({ states }, n) => states.length > (heard[n] ?? 0)),
    )
    await until('everybody is back', () => everybody((one) => one.connected && !!one.state?.seq))
    backMs.push(performance.now() - killedAtMs)
    await installation.spawn()
  }
  for (const worker of workers) await worker.stop()

  const conferenceId = observer.conferenceId
  const log = await logOf(installation, conferenceId)
  const last = log.at(-1)?.seq ?? 0
  await until('everybody has the last event', () => everybody(({ state }) => state?.seq === last))
  await until('every process answers', () => allReady(installation))
  const hashes = people.map(({ hash }) => hash ?? '')
  for (const process of installation.processes) {
    const path = `/api/conferences/${conferenceId}/state`
    const response = await process.call('GET', path, { token: observer.token })
    hashes.push(((await response.json()) as { hash: string }).hash)
  }
  await Promise.all(people.map((one) => one.leave()))
  return {
    backMs,
    hashes,
    ...accountOf(
      workers.flatMap(({ errands }) => errands),
      log,
    ),
  }
}

function accountOf(errands: readonly Errand[], log: readonly LoggedEvent[]) {
  const bySeq = new Map(log.map((logged) => [logged.seq, logged]))
  const times = new Map<string, number>()
  for (const { commandId } of log) times.set(commandId, (times.get(commandId) ?? 0) + 1)
  const lost = errands.filter(({ seq, commandId }) => bySeq.get(seq)?.commandId !== commandId)
  const doubled = errands.filter(({ commandId }) => (times.get(commandId) ?? 0) > 1)
  return { acknowledged: errands.length, lost: lost.length, doubled: doubled.length }
}

async function logOf(installation: Installation, conferenceId: string): Promise<LoggedEvent[]> {
  const { databaseUrl, dataDir = '' } = installation
  const database = await openDatabase({ databaseUrl, dataDir, onIdleError: () => undefined })
  try {
    return await new SqlEventLog(database.db).read(conferenceId)
  } finally {
    await database.close()
  }
}

async function allReady({ processes }: Installation): Promise<boolean> {
  const answers = await Promise.all(processes.map((one) => one.call('GET', '/health/ready')))
  return answers.every(({ ok }) => ok)
}

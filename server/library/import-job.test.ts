import { describe, expect, it } from 'vitest'
import type { ImportStatus } from '../../shared/case/import.ts'
import { ImportJob } from './import-job.ts'
import {
  type CaseRecord,
  ImportOverError,
  type ImportRecord,
  type ImportRepository,
} from './ports.ts'

/** What a database would hold, in memory; `failing` is a database that has gone away. */
class Records implements Pick<ImportRepository, 'add' | 'update' | 'complete' | 'find'> {
  readonly stored: ImportRecord[] = []
  failing = false
  /** What another process has made of the job. */
  endedElsewhere: ImportRecord | undefined

  async add(record: ImportRecord) {
    this.stored.push(record)
  }

  async update(record: ImportRecord) {
    if (this.failing) throw new Error('the database has gone away')
    if (this.endedElsewhere) return false
    this.stored.push(record)
    return true
  }

  async complete(record: ImportRecord, _cases: readonly CaseRecord[]) {
    await this.update(record)
  }

  async find() {
    return this.endedElsewhere ?? this.stored.at(-1)
  }
}

async function newJob() {
  const records = new Records()
  const job = await ImportJob.create(records as unknown as ImportRepository, {
    processId: 'here',
    demo: false,
    nowMs: 1,
  })
  const told: ImportStatus[] = []
  job.watch((status) => told.push(status))
  return { job, records, told }
}

describe('an import job', () => {
  it('goes through its states in order and cannot skip one or come back', async () => {
    const { job } = await newJob()
    await expect(job.enter('building')).rejects.toThrow('from receiving to building')
    await job.enter('reading')
    await job.enter('deidentifying')
    await job.enter('building')
    await expect(job.enter('reading')).rejects.toThrow('from building to reading')
    await job.complete([], [])
    await expect(job.enter('failed')).rejects.toThrow('from ready to failed')
  })

  it('has a progress that only grows, and is 1 at the end', async () => {
    const { job, told } = await newJob()
    job.progress(0.5)
    job.progress(0.2)
    await job.enter('reading')
    job.progress(1)
    job.progress(7)
    await job.enter('rejected')
    const progress = told.map((status) => status.progress)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(1)
    expect(told).toHaveLength(4)
  })

  it('tells nobody of a state that could not be stored', async () => {
    const { job, records, told } = await newJob()
    records.failing = true
    await expect(job.enter('reading')).rejects.toThrow('gone away')
    expect(told).toEqual([])
    expect(job.status.state).toBe('receiving')
  })

  it('[OPS-2] that another process has ended says so, and goes the same way', async () => {
    const { job, records, told } = await newJob()
    await job.enter('reading')
    const [stored] = records.stored as [ImportRecord]
    records.endedElsewhere = { ...stored, state: 'failed', progress: 1 }
    await expect(job.enter('deidentifying')).rejects.toThrow(ImportOverError)
    expect(job.status.state).toBe('reading')
    await job.endAsStored()
    expect(told.map(({ state }) => state)).toEqual(['reading', 'failed'])
    expect(job.status.progress).toBe(1)
  })
})

import { type AssembledSeries, type Assembly, assembleSeries } from './assemble/assemble-series.ts'
import { groupBySeries, groupByStudy } from './assemble/group.ts'
import { Pseudonyms } from './deidentify/pseudonym.ts'
import { type DeidentificationReport, DeidentificationTally } from './deidentify/report.ts'
import type { Instance } from './instance.ts'
import { type CaseDescription, describeCase } from './leaving/case-description.ts'
import { Outcome, type SetAside } from './outcome.ts'
import { DicomError, type Problem, problemWords } from './problem.ts'
import { readInstance, type SpooledFile } from './read-instance.ts'

/** All that leaves: nothing in it identifies a patient, by type and by test. */
export interface ImportReading {
  readonly series: readonly AssembledSeries[]
  readonly problems: readonly Problem[]
  readonly setAside: readonly SetAside[]
  /** Those that have a series, by date, undated last, then in order of appearance. */
  readonly studies: readonly CaseDescription[]
  readonly deidentification: DeidentificationReport
}

export interface ReadStudyOptions {
  /** The installation's own; 16 bytes at least. */
  readonly secret: Uint8Array
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Reads the descriptions of all files, de-identifies them and assembles volumes. Pixels are read
 * only to compare slices in one place. Every file ends as a slice or is counted in `setAside`;
 * nothing that a file contains makes this throw.
 */
export async function readStudy(
  files: Iterable<SpooledFile> | AsyncIterable<SpooledFile>,
  options: ReadStudyOptions,
): Promise<ImportReading> {
  const pseudonyms = new Pseudonyms(options.secret)
  const tally = new DeidentificationTally()
  const outcome = new Outcome()
  const spooled: SpooledFile[] = []
  for await (const file of files) spooled.push(file)
  const instances = await readInstances(spooled, pseudonyms, tally, outcome, options)
  const { series, studies } = isOnePatient(instances, outcome)
    ? await assemble(instances, pseudonyms, outcome, options.signal)
    : { series: [], studies: [] }
  return {
    series,
    problems: outcome.problems(series.length > 0),
    setAside: outcome.list(),
    studies,
    deidentification: tally.report(),
  }
}

/** Files read at once: enough to keep the disk busy, and each holds 64 KiB. */
const lanes = 4

async function readInstances(
  files: readonly SpooledFile[],
  pseudonyms: Pseudonyms,
  tally: DeidentificationTally,
  outcome: Outcome,
  { onProgress, signal }: ReadStudyOptions,
): Promise<readonly Instance[]> {
  const instances: (Instance | undefined)[] = new Array(files.length)
  const queue = files.entries()
  let done = 0
  const lane = async () => {
    for (const [index, file] of queue) {
      signal?.throwIfAborted()
      instances[index] = await readOne(file, pseudonyms, tally, outcome)
      done += 1
      onProgress?.(done, files.length)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return instances.filter((instance) => instance !== undefined)
}

async function readOne(
  file: SpooledFile,
  pseudonyms: Pseudonyms,
  tally: DeidentificationTally,
  outcome: Outcome,
): Promise<Instance | undefined> {
  try {
    return await readInstance(file, pseudonyms, tally)
  } catch (error) {
    if (isOfTheSystem(error)) throw error
    const refusal =
      error instanceof DicomError
        ? error
        : new DicomError('unreadable', undefined, { cause: error })
    outcome.refuseFile(refusal, file.fileIndex)
    return undefined
  }
}

/** A disk that fails is not the file's fault. */
function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error
}

function isOnePatient(instances: readonly Instance[], outcome: Outcome): boolean {
  const patients = new Set(instances.flatMap(({ patient }) => patient ?? []))
  if (patients.size <= 1) return true
  const message = `${problemWords['several-patients']} There are ${patients.size}.`
  outcome.refuseAll(new DicomError('several-patients', message), instances.length)
  return false
}

interface Assembled {
  readonly series: readonly AssembledSeries[]
  readonly studies: readonly CaseDescription[]
}

async function assemble(
  instances: readonly Instance[],
  pseudonyms: Pseudonyms,
  outcome: Outcome,
  signal: AbortSignal | undefined,
): Promise<Assembled> {
  const series: AssembledSeries[] = []
  const studies: CaseDescription[] = []
  let seriesIndex = 0
  for (const study of groupByStudy(instances)) {
    const volumes: Assembly[] = []
    for (const group of groupBySeries(study)) {
      signal?.throwIfAborted()
      const { assemblies, refusals, copies } = await assembleSeries(group, pseudonyms)
      volumes.push(...assemblies)
      for (const each of assemblies) {
        series.push({ seriesIndex: seriesIndex++, studyIndex: studies.length, ...each.series })
      }
      for (const { error, files } of refusals) outcome.refuseSeries(error, seriesIndex++, files)
      if (copies > 0) outcome.setAside('duplicate-slice', copies)
    }
    if (volumes.length === 0) continue
    const largestFirst = volumes.toSorted((a, b) => b.instances.length - a.instances.length)
    studies.push(describeCase(largestFirst.flatMap((volume) => volume.instances)))
  }
  return { series, studies }
}

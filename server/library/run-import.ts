import type { ImportProblem } from '../../shared/case/import.ts'
import type { Profile } from '../config/privacy-config.ts'
import {
  type AssembledSeries,
  type ReadStudy,
  readStudy,
  type SealedOrigin,
  type Vault,
  type VerifierFinding,
} from '../dicom/index.ts'
import { SliceRefusedError } from '../volume/volume-builder.ts'
import type { VolumePool } from '../volume/volume-pool.ts'
import type { VolumeStore } from '../volume/volume-store.ts'
import { buildCleanVolume, type CleanVolume, type DoubtfulSeries } from './build-clean-volume.ts'
import type { ImportJob } from './import-job.ts'
import { ImportRefusedError } from './import-refused.ts'
import type { CaseRecord } from './ports.ts'
import type { Quarantine } from './quarantine.ts'
import { type Review, type ReviewedSlice, reviewOf } from './review.ts'
import { refusalOf, type Spool } from './spool.ts'
import { storedTexts } from './stored-texts.ts'
import { unzipSpool } from './unzip.ts'

export interface ImportTools {
  readonly pool: VolumePool
  readonly store: VolumeStore
  /** Knows patients, and keeps where their cases came from. */
  readonly vault: Vault
  /** What of a patient is retained; default: as PS3.15 has it, and moved dates. */
  readonly profile?: Profile
  /** Takes what a person has to look at. */
  readonly quarantine: Pick<Quarantine, 'hold'>
}

export interface ImportOptions {
  readonly signal: AbortSignal
  /** The slices that somebody looked at already. */
  readonly reviewed?: readonly ReviewedSlice[]
}

/**
 * From files in the spool to volumes in the store. Returns how the job is to end, to be called when
 * the spool is gone. Throws ImportRefusedError, or what nobody expected; no volume is left then.
 */
export async function runImport(
  job: ImportJob,
  spool: Spool,
  tools: ImportTools,
  { signal, reviewed = [] }: ImportOptions,
): Promise<() => Promise<void>> {
  await job.enter('reading')
  await unzipSpool(spool, signal)
  const { files } = spool
  job.report({ files: files.length, bytes: spool.bytes })
  if (files.every(({ bytes }) => bytes === 0)) {
    throw new ImportRefusedError('empty', 'There was no file with anything in it.')
  }
  const reading = await readStudy(files, {
    vault: tools.vault,
    threads: tools.pool,
    ...(tools.profile && { profile: tools.profile }),
    onProgress: (done, total) => job.progress(done / total),
    signal,
  })
  await job.enter('deidentifying')
  job.addProblems(reading.problems)
  job.report({
    setAside: reading.setAside.map((each) => ({ ...each })),
    deidentification: { ...reading.deidentification },
    notes: reading.series.flatMap(({ seriesIndex, notes }) =>
      notes.map((note) => ({ ...note, seriesIndex })),
    ),
  })
  if (reading.series.length === 0) return () => job.enter('rejected')
  await job.enter('building')
  const { volumes, doubtful } = await buildVolumes(
    reading.series,
    job,
    tools,
    signal,
    reviewOf(reviewed),
  )
  if (doubtful.length > 0) {
    await removeAll(volumes, tools.store)
    await tools.quarantine.hold(job.importId, spool, doubtful, {
      title: job.title,
      reviewed,
    })
    job.addProblems(doubtful.map(heldBack))
    return () => job.enter('quarantined')
  }
  job.report({
    volumes: volumes.length,
    slicesMasked: volumes.reduce((sum, { slicesMasked }) => sum + slicesMasked, 0),
  })
  if (volumes.length === 0) return () => job.enter('rejected')
  if (job.title && reading.verify([{ place: 'the title', text: job.title }]).length > 0) {
    job.forgetTitle()
    job.addProblems([titleIdentifies])
  }
  const made = casesOf(reading.studies, volumes, job)
  const found = reading.verify(await storedTexts(made.cases, job.status, tools.store))
  if (found.length > 0) {
    await removeAll(volumes, tools.store)
    job.addProblems([verifierFound(found)])
    return () => job.enter('rejected')
  }
  return async () => {
    try {
      await job.complete(made.cases, made.origins)
    } catch (error) {
      await removeAll(volumes, tools.store)
      throw error
    }
  }
}

interface BuiltVolume extends CleanVolume {
  readonly studyIndex: number
}

interface Built {
  readonly volumes: readonly BuiltVolume[]
  readonly doubtful: readonly DoubtfulSeries[]
}

/** A series whose pixels cannot be decoded is left out and said; any other error ends them all. */
async function buildVolumes(
  series: readonly AssembledSeries[],
  job: ImportJob,
  tools: ImportTools,
  signal: AbortSignal,
  review: Review,
): Promise<Built> {
  const slices = series.reduce((sum, { dims }) => sum + dims[2], 0)
  const volumes: BuiltVolume[] = []
  const doubtful: DoubtfulSeries[] = []
  let slicesBefore = 0
  try {
    for (const each of series) {
      const onProgress = (done: number) => job.progress((slicesBefore + done) / slices)
      try {
        const reviewed = review.get(each.seriesIndex)
        const onProblem = (problem: ImportProblem) => job.addProblems([problem])
        const options = { onProgress, onProblem, signal, reviewed }
        const built = await buildCleanVolume(each, tools, options)
        if ('doubtful' in built) doubtful.push(built)
        else volumes.push({ studyIndex: each.studyIndex, ...built })
      } catch (error) {
        if (!(error instanceof SliceRefusedError)) throw error
        job.addProblems([error.problem])
      }
      slicesBefore += each.dims[2]
    }
  } catch (error) {
    await removeAll(volumes, tools.store)
    throw refusalOf(error)
  }
  return { volumes, doubtful }
}

const titleIdentifies: ImportProblem = {
  code: 'title-identifies',
  message:
    'The title that was typed may say who the patient is: the case is called by what it shows instead.',
}

/** Nothing that the first pass should have taken away is kept, and nobody has to trust it. */
function verifierFound(found: readonly VerifierFinding[]): ImportProblem {
  const what = [...new Set(found.map(({ kind, place }) => `a ${kind} in ${place}`))].slice(0, 5)
  return {
    code: 'verifier-found',
    message: `The second check found what may identify the patient: ${what.join(', ')}. Nothing was kept. Tell whoever runs Caseroom.`,
  }
}

function heldBack({ series, doubtful }: DoubtfulSeries): ImportProblem {
  const what =
    doubtful.length === 1
      ? 'In one picture there is something that may be text about the patient'
      : `In ${doubtful.length} pictures there is something that may be text about the patient`
  return {
    code: 'burned-in-text',
    message: `${what}. Somebody has to look.`,
    seriesIndex: series.seriesIndex,
  }
}

async function removeAll(volumes: readonly BuiltVolume[], store: VolumeStore): Promise<void> {
  for (const { manifest } of volumes) await store.remove(manifest.volumeId)
}

/** One for each study that has a volume, in the order of the studies, and where each came from. */
function casesOf(
  studies: readonly ReadStudy[],
  volumes: readonly BuiltVolume[],
  job: ImportJob,
): { cases: CaseRecord[]; origins: SealedOrigin[] } {
  const ofStudy = Map.groupBy(volumes, ({ studyIndex }) => studyIndex)
  const parts = studies.flatMap((study, index) => {
    const manifests = (ofStudy.get(index) ?? []).map(({ manifest }) => manifest)
    return manifests.length > 0 ? [{ study, manifests }] : []
  })
  const typed = (index: number) =>
    job.title && (parts.length > 1 ? `${job.title} (${index + 1})` : job.title)
  const cases = parts.map(({ study: { origin: _, ...described }, manifests }, index) => ({
    ...described,
    title: typed(index) ?? described.title,
    createdAtMs: Date.now(),
    volumeCount: manifests.length,
    volumes: manifests,
    importId: job.importId,
    demo: job.demo,
  }))
  return { cases, origins: parts.map(({ study }) => study.origin) }
}

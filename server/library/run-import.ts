import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import {
  type AssembledSeries,
  type ReadStudy,
  readStudy,
  type SealedOrigin,
  type Vault,
} from '../dicom/index.ts'
import { buildVolume, SliceRefusedError } from '../volume/volume-builder.ts'
import type { VolumePool } from '../volume/volume-pool.ts'
import type { VolumeStore } from '../volume/volume-store.ts'
import type { ImportJob } from './import-job.ts'
import { ImportRefusedError } from './import-refused.ts'
import type { CaseRecord } from './ports.ts'
import { refusalOf, type Spool } from './spool.ts'
import { unzipSpool } from './unzip.ts'

export interface ImportTools {
  readonly pool: VolumePool
  readonly store: VolumeStore
  /** Knows patients, and keeps where their cases came from. */
  readonly vault: Vault
}

/**
 * From files in the spool to volumes in the store. Returns how the job is to end, to be called when
 * the spool is gone. Throws ImportRefusedError, or what nobody expected; no volume is left then.
 */
export async function runImport(
  job: ImportJob,
  spool: Spool,
  tools: ImportTools,
  signal: AbortSignal,
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
    onProgress: (done, total) => job.progress(done / total),
    signal,
  })
  await job.enter('deidentifying')
  job.addProblems(reading.problems)
  job.report({
    setAside: reading.setAside.map((each) => ({ ...each })),
    deidentification: { ...reading.deidentification },
  })
  if (reading.series.length === 0) return () => job.enter('rejected')
  await job.enter('building')
  const volumes = await buildVolumes(reading.series, job, tools, signal)
  job.report({ volumes: volumes.length })
  if (volumes.length === 0) return () => job.enter('rejected')
  return async () => {
    try {
      const made = casesOf(reading.studies, volumes, job)
      await job.complete(made.cases, made.origins)
    } catch (error) {
      await removeAll(volumes, tools.store)
      throw error
    }
  }
}

interface BuiltVolume {
  readonly studyIndex: number
  readonly manifest: VolumeManifest
}

/** A series whose pixels cannot be decoded is left out and said; any other error ends them all. */
async function buildVolumes(
  series: readonly AssembledSeries[],
  job: ImportJob,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<BuiltVolume[]> {
  const slices = series.reduce((sum, { dims }) => sum + dims[2], 0)
  const volumes: BuiltVolume[] = []
  let slicesBefore = 0
  try {
    for (const each of series) {
      const onProgress = (done: number) => job.progress((slicesBefore + done) / slices)
      try {
        const manifest = await buildVolume(each, tools, { onProgress, signal })
        volumes.push({ studyIndex: each.studyIndex, manifest })
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
  return volumes
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

import { randomBytes } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { defaultProfile, type Profile } from '../config/privacy-config.ts'
import { type AssembledSeries, assembleSeries } from './assemble/assemble-series.ts'
import { groupBySeries, groupByStudy } from './assemble/group.ts'
import { byPatient, patientOfStudy } from './by-patient.ts'
import { Pseudonyms } from './deidentify/pseudonym.ts'
import { type DeidentificationReport, DeidentificationTally } from './deidentify/report.ts'
import { link } from './deidentify/unlinked.ts'
import { assembleLabels, type DerivedFile } from './derived/assemble-labels.ts'
import type { DescribedFile, SpooledFile } from './described-file.ts'
import { type DicomThreads, describeIn } from './dicom-task.ts'
import type { Instance } from './instance.ts'
import { instancesOf } from './instances-of.ts'
import { type CaseDescription, describeCase } from './leaving/case-description.ts'
import { Outcome, type SetAside } from './outcome.ts'
import { DicomError, type Problem } from './problem.ts'
import { type MadeSeries, originOf } from './vault/origin-of.ts'
import type { PatientLink, SealedOrigin, Vault } from './vault/vault.ts'
import { addIdentifying } from './verify/collect-identifying.ts'
import type { VerifierFinding } from './verify/finding.ts'
import { type VerifiedText, verifyTexts } from './verify/verify-texts.ts'

/** All that leaves: nothing in it identifies a patient, by type and by test. */
export interface ImportReading {
  readonly series: readonly AssembledSeries[]
  readonly problems: readonly Problem[]
  readonly setAside: readonly SetAside[]
  /** Those that have a series, by date, undated last, then in order of appearance. */
  readonly studies: readonly ReadStudy[]
  readonly deidentification: DeidentificationReport
  /** Looks for what was sent in what is about to be stored (PRIV-3); nothing found is as it must be. */
  readonly verify: (texts: readonly VerifiedText[]) => readonly VerifierFinding[]
}

export interface ReadStudy extends CaseDescription {
  readonly caseId: string
  /** Sealed; for the vault. */
  readonly origin: SealedOrigin
}

export interface ReadStudyOptions {
  readonly vault: Pick<Vault, 'patient' | 'sealOrigin'>
  readonly threads: DicomThreads
  /** Default: the Basic Profile with what Caseroom retains where nobody chose. */
  readonly profile?: Profile
  readonly onProgress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

/**
 * Reads the descriptions of all files, de-identifies them and assembles volumes. Pixels are read
 * only to compare slices in one place. Every file ends as a slice or is counted in `setAside`;
 * nothing that a file contains makes this throw.
 */
export async function readStudy(
  files: readonly SpooledFile[],
  options: ReadStudyOptions,
): Promise<ImportReading> {
  const tally = new DeidentificationTally()
  const outcome = new Outcome()
  const { profile = defaultProfile } = options
  const described = await describeAll(files, tally, outcome, { ...options, profile })
  const identifying = new Set<string>()
  for (const each of described) addIdentifying(identifying, each.identifying)
  const series: AssembledSeries[] = []
  const studies: ReadStudy[] = []
  for (const [identity, ofPatient] of byPatient(described, outcome)) {
    const person = await options.vault.patient(identity)
    const pseudonyms = new Pseudonyms(person.secret)
    const linked: DerivedFile[] = []
    for (const described of ofPatient) {
      linked.push({ described, dataSet: link(described.values, pseudonyms, profile) })
      // Thousands of files one after another would keep everybody else waiting.
      if (linked.length % filesAtOnce === 0) await turn()
    }
    const instances = instancesOfAll(linked, outcome)
    const ofPerson: MadeSeries[][] = []
    for (const study of groupByStudy(instances)) {
      const made = await assembleStudy(study, pseudonyms, outcome, studies.length, options.signal)
      if (made.length === 0) continue
      ofPerson.push([...made])
      studies.push(readStudyOf(made, ofPatient, person, options.vault))
    }
    series.push(...(await withLabels(ofPerson.flat(), linked, outcome)))
    tally.count('uidsRemapped', pseudonyms.uids)
  }
  return {
    series,
    problems: outcome.problems(series.length > 0),
    setAside: outcome.list(),
    studies,
    deidentification: tally.report(),
    verify: (texts) =>
      verifyTexts(texts, identifying, { fullDates: profile.includes('rtnLongFullDatesOpt') }),
  }
}

const filesAtOnce = 50

async function describeAll(
  files: readonly SpooledFile[],
  tally: DeidentificationTally,
  outcome: Outcome,
  { threads, profile, onProgress, signal }: ReadStudyOptions & { readonly profile: Profile },
): Promise<readonly DescribedFile[]> {
  const described: (DescribedFile | undefined)[] = new Array(files.length)
  const queue = files.entries()
  let done = 0
  const lane = async () => {
    for (const [index, file] of queue) {
      signal?.throwIfAborted()
      const description = await describeIn(threads, file, profile)
      if ('described' in description) {
        described[index] = description.described
        tally.add(description.described.deidentification)
      } else {
        outcome.refuseFile(description.refused, file.fileIndex)
        if (description.deidentification) tally.add(description.deidentification)
      }
      done += 1
      onProgress?.(done, files.length)
    }
  }
  // One more for each thread waits at its door, so that none is ever idle.
  await Promise.all(Array.from({ length: 2 * threads.threads }, lane))
  return described.filter((each) => each !== undefined)
}

function instancesOfAll(linked: readonly DerivedFile[], outcome: Outcome): readonly Instance[] {
  return linked.flatMap(({ described, dataSet }) => {
    const { what, file } = described
    if (what.kind !== 'volume') return []
    try {
      return instancesOf(described, what.modality, dataSet)
    } catch (error) {
      if (!(error instanceof DicomError)) throw error
      outcome.refuseFile(error, file.fileIndex)
      return []
    }
  })
}

/** Segmentations and contours, laid on the volumes of the same patient that they were made on. */
async function withLabels(
  made: readonly MadeSeries[],
  linked: readonly DerivedFile[],
  outcome: Outcome,
): Promise<readonly AssembledSeries[]> {
  const derived = linked.filter(({ described }) => described.what.kind !== 'volume')
  if (derived.length === 0) return made.map(({ series }) => series)
  const { volumes, refusals } = await assembleLabels(derived, made)
  for (const { error, fileIndex } of refusals) outcome.refuseFile(error, fileIndex)
  return made.map(({ series }, index) => {
    const { labels, notes } = volumes[index]!
    return { ...series, labels, notes: [...series.notes, ...notes] }
  })
}

async function assembleStudy(
  study: readonly Instance[],
  pseudonyms: Pseudonyms,
  outcome: Outcome,
  studyIndex: number,
  signal: AbortSignal | undefined,
): Promise<readonly MadeSeries[]> {
  const made: MadeSeries[] = []
  for (const group of groupBySeries(study)) {
    signal?.throwIfAborted()
    const { assemblies, refusals, copies } = await assembleSeries(group, pseudonyms)
    for (const { series, bySlice } of assemblies) {
      const seriesIndex = outcome.nextSeriesIndex()
      const volumeId = randomBytes(16).toString('hex')
      const whole = { ...series, seriesIndex, studyIndex, volumeId }
      made.push({ series: whole, bySlice })
      outcome.alter(series.alterations, seriesIndex)
    }
    for (const { error, files } of refusals) {
      outcome.refuseSeries(error, outcome.nextSeriesIndex(), files)
    }
    if (copies > 0) outcome.setAside('duplicate-slice', copies)
  }
  return made
}

function readStudyOf(
  made: readonly MadeSeries[],
  described: readonly DescribedFile[],
  person: PatientLink,
  vault: ReadStudyOptions['vault'],
): ReadStudy {
  const largestFirst = made.toSorted((a, b) => b.bySlice.length - a.bySlice.length)
  const instances = largestFirst.flatMap(({ bySlice }) =>
    bySlice.filter((each) => each !== undefined),
  )
  const caseId = randomBytes(16).toString('hex')
  const { fileIndex } = instances[0]!
  const { study } = described.find(({ file }) => file.fileIndex === fileIndex)!.original
  const patient = patientOfStudy(described, study)
  const origin = vault.sealOrigin(person, caseId, originOf(patient, study, made))
  return { ...describeCase(instances), caseId, origin }
}

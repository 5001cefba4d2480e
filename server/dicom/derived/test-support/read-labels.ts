import { type Assembly, assembleSeries } from '../../assemble/assemble-series.ts'
import { groupBySeries } from '../../assemble/group.ts'
import { classify } from '../../classify.ts'
import { deidentify } from '../../deidentify/deidentify.ts'
import { Pseudonyms } from '../../deidentify/pseudonym.ts'
import { DeidentificationTally } from '../../deidentify/report.ts'
import { asUnlinked, link } from '../../deidentify/unlinked.ts'
import { describeFile } from '../../describe-file.ts'
import type { DescribedFile, SpooledFile } from '../../described-file.ts'
import { instancesOf } from '../../instances-of.ts'
import { readOriginal } from '../../original.ts'
import { readHeader } from '../../part10/read-header.ts'
import { SealedReader } from '../../sealed-file.ts'
import { assembleLabels, type DerivedFile, type LabelOutcome } from '../assemble-labels.ts'
import { decodeLabelSlice } from '../decode-label-slice.ts'
import type { AssembledLabel } from '../label.ts'
import { locateDerived } from '../locate-derived.ts'

const pseudonyms = new Pseudonyms(Buffer.alloc(32, 5))

/** The volumes of image files. */
export async function readVolumes(files: readonly SpooledFile[]): Promise<readonly Assembly[]> {
  const descriptions = await Promise.all(files.map(describeFile))
  const instances = descriptions.flatMap((description) => {
    if ('refused' in description) throw new Error(description.refused.message)
    const { described } = description
    if (described.what.kind !== 'volume') throw new Error(described.what.kind)
    return instancesOf(described, described.what.modality, link(described.values, pseudonyms))
  })
  const outcomes = await Promise.all(
    groupBySeries(instances).map((group) => assembleSeries(group, pseudonyms)),
  )
  const refused = outcomes.flatMap(({ refusals }) => refusals)[0]
  if (refused) throw refused.error
  return outcomes.flatMap(({ assemblies }) => assemblies)
}

/** A segmentation or structure set as a thread describes it and its patient's secret links it. */
export async function describeDerived(file: SpooledFile): Promise<DerivedFile> {
  await using reader = await SealedReader.open(file)
  const header = await readHeader(reader)
  const tally = new DeidentificationTally()
  const values = deidentify(header, tally)
  const dataSet = asUnlinked(values)
  const what = classify(dataSet, undefined)
  const locations = await locateDerived(what, reader, header, dataSet)
  const original = readOriginal(header)
  const deidentification = tally.report()
  const described: DescribedFile = { file, what, original, values, locations, deidentification }
  return { described, dataSet: link(values, pseudonyms) }
}

export async function labelsOf(
  derived: readonly SpooledFile[],
  volumes: readonly Assembly[],
): Promise<LabelOutcome> {
  return await assembleLabels(await Promise.all(derived.map(describeDerived)), volumes)
}

/** All voxels of one label, x fastest, then y, then z. */
export async function decodeLabel(
  { slices }: AssembledLabel,
  { series: { dims } }: Assembly,
): Promise<Uint8Array> {
  const [columns, rows, depth] = dims
  const voxels = new Uint8Array(columns * rows * depth)
  for (const { k, source } of slices) {
    const from = k * columns * rows
    await decodeLabelSlice(structuredClone(source), voxels.subarray(from, from + columns * rows))
  }
  return voxels
}

export const count = (voxels: Uint8Array) =>
  voxels.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0)

import { type Assembly, assembleSeries } from '../../assemble/assemble-series.ts'
import { groupBySeries } from '../../assemble/group.ts'
import { Pseudonyms } from '../../deidentify/pseudonym.ts'
import { link } from '../../deidentify/unlinked.ts'
import { describeFile } from '../../describe-file.ts'
import type { DescribedFile, SpooledFile } from '../../described-file.ts'
import { instancesOf } from '../../instances-of.ts'
import { DicomError } from '../../problem.ts'
import { assembleLabels, type DerivedFile, type LabelOutcome } from '../assemble-labels.ts'
import { decodeLabelSlice } from '../decode-label-slice.ts'
import type { AssembledLabel } from '../label.ts'

const pseudonyms = new Pseudonyms(Buffer.alloc(32, 5))

/** The volumes of image files. */
export async function readVolumes(files: readonly SpooledFile[]): Promise<readonly Assembly[]> {
  const descriptions = await Promise.all(files.map((file) => describeFile(file)))
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

/** A segmentation or structure set, described and linked. Throws if it is refused. */
export async function describeDerived(file: SpooledFile): Promise<DerivedFile> {
  const described = await describe(file)
  return { described, dataSet: link(described.values, pseudonyms) }
}

async function describe(file: SpooledFile): Promise<DescribedFile> {
  const description = await describeFile(file)
  if ('described' in description) return description.described
  throw new DicomError(description.refused.code, description.refused.message)
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

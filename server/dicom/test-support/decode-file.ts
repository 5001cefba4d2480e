import { seriesValues } from '../assemble/values.ts'
import { decodeSlice } from '../decode/decode-slice.ts'
import type { SliceValues } from '../decode/rescale-values.ts'
import { asUnlinked } from '../deidentify/unlinked.ts'
import { describeFile } from '../describe-file.ts'
import { instancesOf } from '../instances-of.ts'
import { DicomError } from '../problem.ts'
import { spoolFiles } from './spool-files.ts'

/** Output values of the first image of a file, which need not be part of a volume. */
export async function decodeFile(path: string): Promise<SliceValues> {
  using spooled = spoolFiles([path])
  const description = await describeFile(spooled.files[0]!)
  if ('refused' in description) {
    throw new DicomError(description.refused.code, description.refused.message)
  }
  const { described } = description
  const { what } = described
  if (what.kind !== 'volume') throw new DicomError('unsupported-modality')
  const [instance] = instancesOf(described, what.modality, asUnlinked(described.values))
  return await decodeSlice(seriesValues([instance!]).sourceOf(instance!))
}

import { seriesValues } from '../assemble/values.ts'
import { decodeSlice } from '../decode/decode-slice.ts'
import type { SliceValues } from '../decode/rescale-values.ts'
import { Pseudonyms } from '../deidentify/pseudonym.ts'
import { DeidentificationTally } from '../deidentify/report.ts'
import { readInstance } from '../read-instance.ts'
import { testSecret } from './phantom.ts'

/** Output values of the one image of a file, which need not be part of a volume. */
export async function decodeFile(path: string): Promise<SliceValues> {
  const file = { fileIndex: 0, path, bytes: 0 }
  const instance = await readInstance(file, new Pseudonyms(testSecret), new DeidentificationTally())
  return await decodeSlice(seriesValues([instance]).sourceOf(instance))
}

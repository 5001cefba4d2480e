import { memoryUsage, threadCpuUsage } from 'node:process'
import { describeFile } from '../../describe-file.ts'
import { DicomError } from '../../problem.ts'
import { spool } from '../../test-support/spool-files.ts'
import { decodePicture } from '../decode-picture.ts'
import { pictureSources } from './picture-file.ts'

export interface FuzzItem {
  readonly number: number
  readonly content: Uint8Array
}

export interface FuzzOutcome {
  readonly number: number
  /** A problem's code, `pixels`, or what nothing may end with: the name of another error. */
  readonly outcome: string
  readonly cpuMs: number
  readonly residentMb: number
}

const mostFrames = 6

async function outcomeOf(content: Uint8Array): Promise<string> {
  using spooled = spool([content])
  try {
    await describeFile(spooled.files[0]!)
    const sources = await pictureSources(spooled)
    for (const source of sources.slice(0, mostFrames)) {
      const picture = await decodePicture(source)
      const { length } = picture.kind === 'grey' ? picture.values : picture.rgba
      const samples = picture.kind === 'grey' ? 1 : 4
      if (length !== samples * source.rows * source.columns) return 'pixels of another size'
    }
    return 'pixels'
  } catch (error) {
    if (error instanceof DicomError) return error.code
    return `not a refusal: ${error instanceof Error ? (error.stack ?? error.name) : String(error)}`
  }
}

process.on('message', async ({ number, content }: FuzzItem) => {
  const before = threadCpuUsage()
  const outcome = await outcomeOf(content)
  const { user, system } = threadCpuUsage(before)
  const residentMb = memoryUsage.rss() / 2 ** 20
  const answer: FuzzOutcome = { number, outcome, cpuMs: (user + system) / 1000, residentMb }
  process.send?.(answer)
})

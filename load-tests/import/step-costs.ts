import { createCipheriv } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describeFile } from '../../server/dicom/describe-file.ts'
import { decodeSlice, inspectSlice, readStudy, SealedReader } from '../../server/dicom/index.ts'
import { inThisThread } from '../../server/dicom/test-support/in-this-thread.ts'
import { memoryVault } from '../../server/dicom/test-support/memory-vault.ts'
import { spoolFiles } from '../../server/dicom/test-support/spool-files.ts'
import { collectIdentifying } from '../../server/dicom/verify/collect-identifying.ts'
import { evenly } from './evenly.ts'

/** What one step of an import takes for each of its files, in ms of CPU of all threads, warm. */
export interface StepCosts {
  /** Encrypting or decrypting a whole file once. */
  readonly sealing: number
  /** Header read, de-identified and described, with what the second check looks for. */
  readonly describing: number
  /** Of describing: what the second check looks for. */
  readonly verifying: number
  readonly decoding: number
  /** Looking for text, with the reader's own thread. */
  readonly lookingForText: number
}

const samples = 20

/** Takes the steps one after the other, over some of the files and slices of a series. */
export async function stepCosts(paths: readonly string[]): Promise<StepCosts> {
  using spooled = spoolFiles(paths)
  const vault = memoryVault()
  const { series } = await readStudy(spooled.files, { vault, threads: inThisThread })
  const slices = evenly(
    series.flatMap((each) => each.slices),
    samples,
  )
  const files = evenly(spooled.files, samples)
  const contents = evenly(paths, samples).map((path) => readFileSync(path))
  const key = Buffer.alloc(32, 1)
  const decoded: Awaited<ReturnType<typeof decodeSlice>>[] = []
  for (const source of slices) decoded.push(await decodeSlice(source))
  return {
    sealing: await perItem(contents, (content, n) => {
      const counter = Buffer.alloc(16)
      counter.writeUInt32BE(n)
      return createCipheriv('aes-256-ctr', key, counter).update(content)
    }),
    describing: await perItem(files, (file) => describeFile(file)),
    verifying: await perItem(files, async (file) => {
      await using reader = await SealedReader.open(file)
      return await collectIdentifying(reader)
    }),
    decoding: await perItem(slices, (source, n) => decodeSlice(source, decoded[n]!)),
    lookingForText: await perItem(slices, (source, n) => inspectSlice(decoded[n]!, source)),
  }
}

/** The first time warms the compiler and what starts with the first use; the second is timed. */
async function perItem<Item>(
  items: readonly Item[],
  step: (item: Item, index: number) => unknown,
): Promise<number> {
  const all = async () => {
    for (const [index, item] of items.entries()) await step(item, index)
  }
  await all()
  const before = process.cpuUsage()
  await all()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / items.length
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A content item as pydicom has it. */
export interface ItemFacts {
  readonly relationship: string
  readonly type: string
  readonly name: string | null
  readonly value: unknown
  readonly from?: readonly ItemFacts[]
}

export interface FileFacts {
  readonly transferSyntax: string
  readonly sopClass: string
  readonly sopInstance: string
  readonly series: string
  readonly patient: readonly string[]
  readonly study: readonly string[]
  readonly verification: string | null
  readonly completion: string | null
  readonly verifiedBy: readonly string[]
  readonly burnedIn: string | null
  readonly title: string | null
  readonly content: readonly ItemFacts[]
  readonly evidence: readonly { study: string; series: Record<string, readonly string[]> }[]
  readonly pixels: readonly number[] | null
}

/** What pydicom reads in DICOM files, by Debian's own Python. */
export async function findingsFacts(paths: readonly string[]): Promise<FileFacts[]> {
  const script = `${import.meta.dirname}/findings-facts.py`
  const { stdout } = await run('/usr/bin/python3', [script, ...paths], { maxBuffer: 1 << 26 })
  return JSON.parse(stdout) as FileFacts[]
}

/** The items below some, depth first. */
export function allItems(items: readonly ItemFacts[]): ItemFacts[] {
  return items.flatMap((item) => [
    item,
    ...(item.type === 'CONTAINER' ? allItems(item.value as ItemFacts[]) : []),
    ...allItems(item.from ?? []),
  ])
}

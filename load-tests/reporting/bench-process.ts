import { benches } from '../benches.ts'
import type { BenchResult } from './bench-result.ts'

/** From the process of one bench. */
export type BenchReply = { readonly result: BenchResult } | { readonly failed: string }

// One bench, named by the argument, in a process of its own: neither its heap nor what it started
// reaches the next one.
const say = (reply: BenchReply) => process.send?.(reply, () => process.exit(0))

try {
  const entry = benches.get(process.argv[2] ?? '')
  if (!entry) throw new Error('there is no such bench')
  const measured = await (await entry.load()).run()
  say({ result: typeof measured === 'string' ? { text: measured } : measured })
} catch (error) {
  say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}

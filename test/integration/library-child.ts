import { startLibraryApp } from './library-app.ts'

// A process of its own, for tests that kill it: its data folder is the argument, its address is said
// on standard output.
const dataDir = process.argv[2]
if (!dataDir) throw new Error('usage: library-child.ts DATA_DIR')
const { url } = await startLibraryApp({ dataDir })
process.stdout.write(`${url}\n`)

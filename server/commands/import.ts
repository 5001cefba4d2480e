import { parseArgs } from 'node:util'
import { loadConfig } from '../config/config.ts'
import { readEnv } from '../config/env.ts'
import { StartError } from '../config/start-error.ts'
import { filesUnder } from './import/files-under.ts'
import { ProgressLine } from './import/progress-line.ts'
import { ServerClient } from './import/server-client.ts'

const usage = 'Usage: npm run import -- PATH [PATH …] [--title TEXT]'
const stateWords: Record<string, string> = {
  receiving: 'sending',
  reading: 'reading',
  deidentifying: 'de-identifying',
  building: 'building volumes',
}

process.umask(0o077) // the key and the certificate it may make are for this user alone
const line = new ProgressLine(process.stderr)
try {
  const { paths, title } = readArguments()
  const files = await filesUnder(paths)
  if (files.length === 0) throw new StartError('There is no file to import there.')
  const server = await ServerClient.reach(loadConfig(readEnv(), { lan: false }))
  const sending = (fraction: number) => line.show(`sending ${files.length} files`, fraction / 4)
  const importId = await server.send(files, { title, onProgress: sending })
  const end = await server.follow(importId, ({ state, progress }) =>
    line.show(stateWords[state] ?? state, progress),
  )
  line.clear()
  for (const { code, message } of end.problems) say(`${message} (${code})`)
  for (const { code, count, message } of end.report.setAside) {
    say(`Not imported, ${count === 1 ? 'one file' : `${count} files`}: ${message} (${code})`)
  }
  if (end.state === 'ready') {
    for (const caseId of end.caseIds) process.stdout.write(`${caseId}\n`)
  } else {
    say(`The import was ${end.state === 'failed' ? 'not finished' : end.state}.`)
    process.exitCode = 1
  }
} catch (error) {
  line.clear()
  if (!(error instanceof StartError)) throw error
  say(error.message)
  process.exitCode = 1
}

/** What is for people; standard output has the case's id alone. */
function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}

function readArguments(): { paths: string[]; title: string | undefined } {
  const given = parse()
  if (given.positionals.length === 0) throw new StartError(usage)
  return { paths: given.positionals, title: given.values.title }
}

function parse() {
  try {
    return parseArgs({ options: { title: { type: 'string' } }, allowPositionals: true })
  } catch {
    throw new StartError(usage)
  }
}

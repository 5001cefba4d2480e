import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { text } from 'node:stream/consumers'
import { startCaseroom } from '../../test/support/start-caseroom.ts'

export interface Responsiveness {
  /** How long each answer to a client took. */
  readonly answersMs: readonly number[]
  /** The longest that the server's event loop did nothing else, as it says itself. */
  readonly longestLoopMs: number
  readonly importMs: number
}

const askEveryMs = 20

/**
 * A real server that is asked whether it lives while a script sends it a folder and waits until that
 * is imported. A question is asked in time whether or not the one before it has been answered.
 */
export async function responsivenessOf(folder: string): Promise<Responsiveness> {
  const caseroom = await startCaseroom()
  const agent = new Agent({ keepAlive: true })
  try {
    await caseroom.opened()
    const longestLoopMs = async () => {
      const metrics = await text(await answer(`${caseroom.url}/metrics`, agent))
      return 1000 * Number(/^nodejs_eventloop_lag_max_seconds (\S+)$/m.exec(metrics)?.[1])
    }
    await longestLoopMs() // it counts anew from here
    const answers: Promise<number>[] = []
    const asking = setInterval(() => answers.push(timedAnswer(caseroom.url, agent)), askEveryMs)
    const startMs = performance.now()
    const script = spawn(process.execPath, ['server/commands/import.ts', folder], {
      env: { PATH: process.env.PATH, PORT: `${caseroom.port}`, DATA_DIR: caseroom.dataDir },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [said, [code]] = await Promise.all([text(script.stderr), once(script, 'exit')])
    const importMs = performance.now() - startMs
    clearInterval(asking)
    if (code !== 0) throw new Error(`the import script ended with ${code}: ${said}`)
    const answersMs = await Promise.all(answers)
    return { answersMs, longestLoopMs: await longestLoopMs(), importMs }
  } finally {
    agent.destroy()
    await caseroom.remove()
  }
}

async function timedAnswer(url: string, agent: Agent): Promise<number> {
  const startMs = performance.now()
  const response = await answer(`${url}/health/live`, agent)
  await text(response)
  return performance.now() - startMs
}

async function answer(url: string, agent: Agent) {
  const [response] = await once(get(url, { agent }), 'response')
  if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode}`)
  return response
}

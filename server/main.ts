import { parseArgs } from 'node:util'
import { type Config, loadConfig } from './config/config.ts'
import { readEnv } from './config/env.ts'
import { isExposedInTheClear } from './config/exposure.ts'
import { lanAddresses } from './config/lan-addresses.ts'
import { StartError } from './config/start-error.ts'
import { createContext } from './context.ts'
import { createLogger, type Logger } from './logger.ts'
import { lockDataDir } from './storage/data-dir-lock.ts'

const longestStopMs = 4_500

process.umask(0o077) // what is kept here is for this user alone, in whichever folder

try {
  const config = loadConfig(readEnv(), readArguments())
  await run(config, createLogger(config.logLevel))
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

function readArguments(): { lan: boolean } {
  try {
    const { values } = parseArgs({ options: { lan: { type: 'boolean', default: false } } })
    return { lan: values.lan }
  } catch {
    throw new StartError('Usage: npm start [-- --lan]')
  }
}

async function run(config: Config, logger: Logger): Promise<void> {
  process.on('uncaughtException', (error) => {
    logger.fatal({ error }, 'stopped by an error nobody expected')
    process.exit(1)
  })
  const lock = lockDataDir(config.dataDir, config.scaling !== undefined)
  const context = await createContext(config, logger)
  stopOnSignals(logger, async () => {
    await context.stop()
    lock.release()
  })
  await context.start()
  logger.info({ address: config.publicUrl }, 'listening')
  if (isExposedInTheClear(config)) {
    logger.warn(
      'others reach this HOST in the clear: links and pictures can be read on their way; start with --lan, set TLS_CERT and TLS_KEY, or set PUBLIC_URL to the https address of a proxy',
    )
  }
  if (config.tls.kind === 'generated') {
    for (const address of lanAddresses()) logger.info({ address }, 'reachable at')
  }
  const { attending, guests } = await context.openingLines()
  process.stdout.write(`Attending: ${attending}\nGuests: ${guests}\n`)
}

/** The first signal drains; a second one, or a drain that takes too long, ends the process. */
function stopOnSignals(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false
  const onSignal = (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    logger.info({ signal }, 'stopping')
    setTimeout(() => {
      logger.error({ signal }, 'stopping took too long')
      process.exit(1)
    }, longestStopMs).unref()
    stop().then(
      () => process.exit(0),
      (error) => {
        logger.error({ error }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

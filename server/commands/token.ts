import { parseArgs } from 'node:util'
import { loadConfig } from '../config/config.ts'
import { readEnv } from '../config/env.ts'
import { loadSecretKey } from '../config/secret-key.ts'
import { StartError } from '../config/start-error.ts'
import { type InstallationRole, installationRoles } from '../identity/actor.ts'
import { scriptToken } from '../identity/script-token.ts'

const usage = 'Usage: npm run token -- --role admin|clinician [--name NAME]'

process.umask(0o077) // the key it may make is for this user alone
try {
  const { role, name } = readArguments()
  const config = loadConfig(readEnv(), { lan: false })
  const secretKey = loadSecretKey(config.dataDir, config.secretKeyText)
  process.stdout.write(`${scriptToken(secretKey, { role, name }, Date.now())}\n`)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function readArguments(): { role: InstallationRole; name: string } {
  const given = parse()
  const role = installationRoles.find((each) => each === given.role)
  if (!role) throw new StartError(usage)
  return { role, name: given.name ?? 'script' }
}

function parse(): { role?: string; name?: string } {
  try {
    return parseArgs({ options: { role: { type: 'string' }, name: { type: 'string' } } }).values
  } catch {
    throw new StartError(usage)
  }
}

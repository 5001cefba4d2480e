/** The variables Caseroom looks at. Nothing else reads the environment. */
export const envNames = [
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'REDIS_URL',
  'PROCESS_ADDRESS',
  'TRUST_PROXY',
  'SECRET_KEY',
  'TLS_CERT',
  'TLS_KEY',
  'DEMO_CASE',
  'LOG_LEVEL',
  'MEDIA_LISTEN_IP',
  'MEDIA_ANNOUNCED_ADDRESS',
  'MEDIA_PORT',
  'MEDIA_WORKERS',
  'MEDIASOUP_WORKER_BIN',
  'TURN_URL',
  'TURN_SECRET',
  'PACS_DICOMWEB_URL',
  'PACS_USERNAME',
  'PACS_PASSWORD',
  'DIMSE_AE_TITLE',
  'DIMSE_HOST',
  'DIMSE_PORT',
  'DIMSE_ALLOWED_AE',
  'DIMSE_TLS_CERT',
  'DIMSE_TLS_KEY',
  'DEIDENTIFY_OPTIONS',
] as const

export type Env = Partial<Record<(typeof envNames)[number], string>>

/** An empty variable counts as one that is not set. */
export function readEnv(): Env {
  const set = envNames.flatMap((name) => {
    const value = process.env[name]?.trim()
    return value ? [[name, value]] : []
  })
  return Object.fromEntries(set)
}

import { hkdfSync, randomUUID } from 'node:crypto'
import { access } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { join } from 'node:path'
import manifest from '../package.json' with { type: 'json' }
import type { AccessAction, AccessLog } from './audit/access-log.ts'
import { accessActor } from './audit/access-log.ts'
import { type SightAction, Sightings } from './audit/sightings.ts'
import { caseFacts } from './case-facts.ts'
import { ConferenceHost } from './conference/conference-host.ts'
import { conferenceRoom } from './conference/conference-room.ts'
import { ConferenceService } from './conference/conference-service.ts'
import { hostedAlone } from './conference/hosted-alone.ts'
import type { Config } from './config/config.ts'
import { loadSecretKey } from './config/secret-key.ts'
import { StartError } from './config/start-error.ts'
import type { DimseReceiver } from './dicom/dimse/dimse-receiver.ts'
import { PacsSender, Vault } from './dicom/index.ts'
import type { Intake } from './dicom/pacs/incoming-import.ts'
import { openPacs } from './dicom/pacs/open-pacs.ts'
import { FindingsService } from './findings/findings-service.ts'
import { createApp } from './http/app.ts'
import { identify } from './http/identify.ts'
import { LoginCookie, loginLifetimeMs } from './http/login-cookie.ts'
import { accessLogRouter } from './http/routes/access-log.ts'
import { casesRouter } from './http/routes/cases.ts'
import { conferencesRouter } from './http/routes/conferences.ts'
import { facesRouter } from './http/routes/faces.ts'
import { findingsRouter } from './http/routes/findings.ts'
import { healthRouter } from './http/routes/health.ts'
import { importsRouter } from './http/routes/imports.ts'
import { metricsRouter } from './http/routes/metrics.ts'
import { openApiRouter } from './http/routes/openapi.ts'
import { pacsRouter } from './http/routes/pacs.ts'
import { priorsRouter } from './http/routes/priors.ts'
import { quarantineRouter } from './http/routes/quarantine.ts'
import { signInRouter } from './http/routes/sign-in.ts'
import { volumesRouter } from './http/routes/volumes.ts'
import { securityHeaders } from './http/security-headers.ts'
import { staticClient } from './http/static-client.ts'
import { loadCertificate } from './http/tls.ts'
import type { Actor } from './identity/actor.ts'
import { AttemptLimiter } from './identity/attempt-limiter.ts'
import { SignIn } from './identity/sign-in.ts'
import { ensureDemoCase } from './library/demo.ts'
import { FaceGuard } from './library/face-guard.ts'
import { ImportRefusedError } from './library/import-refused.ts'
import { ImportService } from './library/import-service.ts'
import { volumesLock } from './library/import-sweeper.ts'
import { Priors } from './library/priors.ts'
import { Quarantine } from './library/quarantine.ts'
import type { Logger } from './logger.ts'
import { type Media, startMedia } from './media/start-media.ts'
import { Metrics } from './metrics.ts'
import { openingLines } from './opening-lines.ts'
import { createRoomServer, listen } from './room-server.ts'
import { forwarding } from './scaling/forward-upgrade.ts'
import { sharedAttempts } from './scaling/shared-attempts.ts'
import { onlyChild, type Siblings } from './scaling/siblings.ts'
import { type Scaling, startScaling } from './scaling/start-scaling.ts'
import { type Database, openDatabase } from './storage/database.ts'
import { SqlAccessLog } from './storage/sql-access-log.ts'
import { SqlCases } from './storage/sql-cases.ts'
import { SqlConferences } from './storage/sql-conferences.ts'
import { SqlEventLog } from './storage/sql-event-log.ts'
import { SqlFaces } from './storage/sql-faces.ts'
import { SqlFindings } from './storage/sql-findings.ts'
import { SqlImports } from './storage/sql-imports.ts'
import { SqlInvitations } from './storage/sql-invitations.ts'
import { SqlQuarantine } from './storage/sql-quarantine.ts'
import { SqlSignInLinks } from './storage/sql-sign-in-links.ts'
import { SqlVault } from './storage/sql-vault.ts'
import { maskVolume } from './volume/mask-volume.ts'
import { slicePicture } from './volume/slice-picture.ts'
import { VolumePool } from './volume/volume-pool.ts'
import { VolumeStore } from './volume/volume-store.ts'

const clientFolder = join(import.meta.dirname, '../client/dist')
/** A CD over a slow line takes hours; Node's own limit for a request is five minutes. */
const longestUploadMs = 6 * 3_600_000

/** The house put together: the one place that chooses adapters. */
export async function createContext(config: Config, logger: Logger) {
  const now = Date.now
  const secretKey = loadSecretKey(config.dataDir, config.secretKeyText)
  const certificate = await loadCertificate(config)
  const scaling =
    config.scaling &&
    (await startScaling(config.scaling, {
      secretKey,
      certificate: certificate?.cert,
      onTrouble: (error) => logger.warn({ error }, 'redis'),
    }))
  const siblings: Siblings = scaling?.siblings ?? onlyChild(randomUUID())
  const database = await siblings.exclusively('database', () => reachDatabase(config, logger))
  const { db } = database
  const repositories = {
    imports: new SqlImports(db),
    cases: new SqlCases(db),
    conferences: new SqlConferences(db),
    invitations: new SqlInvitations(db),
    log: new SqlEventLog(db),
    accessLog: new SqlAccessLog(db),
    links: new SqlSignInLinks(db),
    vault: new SqlVault(db),
    faces: new SqlFaces(db),
    quarantine: new SqlQuarantine(db),
  }
  const { cases, accessLog } = repositories
  const metrics = new Metrics()
  const library = createLibrary({ config, logger, metrics, secretKey, siblings, repositories })
  const pacs =
    config.pacs &&
    openPacs(config.pacs, intakeOf(library.imports), (importId, error) =>
      logger.warn({ importId, error }, 'images could not be fetched from the PACS'),
    )
  const dimse = await createDimse({ config, logger, intake: intakeOf(library.imports), accessLog })
  const media = await createMedia({ config, logger, metrics })
  const faces = new FaceGuard({
    cases,
    decisions: repositories.faces,
    mask: async (manifest, keep) => ({
      ...(await maskVolume(manifest, keep, library)),
      madeFrom: manifest.madeFrom ?? manifest.volumeId,
    }),
    discard: (volumeId) => library.store.remove(volumeId),
    isShown: (caseId) => repositories.conferences.isOpenOn(caseId),
    exclusively: (work) => siblings.exclusively(volumesLock, work),
    now,
  })

  const priors = new Priors({ cases, vault: library.vault, faces })

  const host = new ConferenceHost({
    log: repositories.log,
    conferences: repositories.conferences,
    accessLog,
    media: media.rooms,
    hosting: scaling?.hosting ?? hostedAlone,
    factsOf: async (caseId, priorCaseId) => {
      const record = await cases.find(caseId)
      const prior = priorCaseId === undefined ? undefined : await cases.find(priorCaseId)
      return record && caseFacts(record, prior)
    },
    now,
    onAnswer: (answer) => metrics.commandAnswered(answer),
    onFailure: (what, conferenceId, error) =>
      logger.error({ what, conferenceId, error }, 'a conference is in trouble'),
  })
  metrics.watchConferences(() => host.census())
  const conferences = new ConferenceService({
    host,
    conferences: repositories.conferences,
    invitations: repositories.invitations,
    accessLog,
    mayShow: (caseId) => faces.mayShow(caseId),
    caseExists: async (caseId) => (await cases.find(caseId)) !== undefined,
    priorLink: (caseId, priorCaseId) => priors.linkTo(caseId, priorCaseId),
    secretKey,
    publicUrl: config.publicUrl,
    now,
  })
  const signIn = new SignIn({
    links: repositories.links,
    accessLog,
    secretKey,
    loginLifetimeMs,
    now,
  })

  const cookie = new LoginCookie({ secure: config.publicUrl.startsWith('https:') })
  const limiter = new AttemptLimiter(undefined, scaling && sharedAttempts(scaling.redis))
  const recordAccess = (actor: Actor, action: AccessAction, subjectId: string) =>
    accessLog.record({ atMs: now(), actor: accessActor(actor), action, subjectId })
  const sightings = new Sightings(accessLog, now)
  const recordSight = (actor: Actor, action: SightAction, subjectId: string) =>
    sightings.record(accessActor(actor), action, subjectId)
  const findings = new FindingsService({
    findings: new SqlFindings(db),
    sender: new PacsSender({
      door: library.vault,
      pacs: pacs?.client,
      equipment: equipmentOf(secretKey),
    }),
    accessLog,
    recordSent: (actor, conferenceId) => recordAccess(actor, 'sent-to-pacs', conferenceId),
    conference: (conferenceId) => repositories.conferences.find(conferenceId),
    stateOf: (conferenceId) => conferences.stateOf(conferenceId),
    volumesOf: async (caseId) => (await cases.find(caseId))?.volumes ?? [],
    now,
    onError: (conferenceId, error) =>
      logger.error({ conferenceId, error }, 'findings could not be sent'),
  })
  let stopping = false
  const app = createApp({
    logger,
    trustProxy: config.trustProxy,
    securityHeaders: securityHeaders({ strictTransport: config.tls.kind === 'files' }),
    identify: identify({
      secretKey,
      cookie,
      publicUrl: config.publicUrl,
      isConferenceOpen: (conferenceId) => conferences.isOpen(conferenceId),
      now,
    }),
    routers: [
      healthRouter({
        processId: siblings.processId,
        checks: {
          database: () => database.ping(),
          store: () => access(library.store.root),
          client: () => access(join(clientFolder, 'index.html')),
          ...(scaling && { redis: scaling.ping }),
        },
        stopping: () => stopping,
      }),
      metricsRouter({ metrics }),
      openApiRouter(),
      signInRouter({ signIn, cookie, limiter }),
      importsRouter({ imports: library.imports, recordAccess }),
      pacsRouter({
        pacs,
        recordAccess,
        onTrouble: (error) => logger.warn({ error, reason: error.code }, 'the PACS'),
      }),
      casesRouter({
        cases,
        store: library.store,
        faces,
        vault: library.vault,
        recordSight,
        recordErasure: (actor, caseId) => recordAccess(actor, 'erased-patient', caseId),
      }),
      priorsRouter({ priors, recordSight }),
      facesRouter({ faces, recordAccess }),
      quarantineRouter({
        quarantine: library.quarantine,
        imports: library.imports,
        draw: (source) => slicePicture(source, library.pool),
        recordAccess,
      }),
      volumesRouter({ cases, store: library.store, recordSight }),
      conferencesRouter({ conferences, signIn, cookie, limiter, recordSight }),
      findingsRouter({
        findings,
        pastConferences: (limit) => conferences.list({ open: false, limit }),
        recordSight,
      }),
      accessLogRouter({ accessLog }),
    ],
    client: staticClient(clientFolder),
  })
  const serverOptions = { requestTimeout: longestUploadMs }
  const httpServer = certificate
    ? createHttpsServer({ ...serverOptions, ...certificate }, app)
    : createHttpServer(serverOptions, app)
  const roomServer = createRoomServer({
    httpServer,
    publicUrl: config.publicUrl,
    conferenceRoom: conferenceRoom(host),
    ...(scaling && { shared: sharedRooms(scaling, metrics, logger) }),
    logger,
  })

  return {
    /** Resolves when it listens. */
    start: () =>
      siblings.exclusively('start', async () => {
        await library.imports.start()
        await listen(roomServer, httpServer, config)
        await listenForSenders(dimse, config, logger)
        await scaling?.join()
      }),
    openingLines: () =>
      siblings.exclusively('opening', () =>
        openingLines({
          config,
          cases,
          conferences,
          signIn,
          ensureDemoCase: () => ensureDemoCase({ imports: library.imports, cases, siblings }),
          onDemoFailure: (error) => logger.error({ error }, 'the demo case could not be imported'),
        }),
      ),
    /** Takes no more, lets go of everybody with a code that says come back, finishes the logs. */
    stop: async () => {
      stopping = true
      await Promise.all([pacs?.close(), dimse?.close()])
      const importsEnd = library.imports.close()
      await roomServer.gracefullyShutdown(false)
      media.close()
      httpServer.closeIdleConnections()
      await importsEnd
      httpServer.closeAllConnections()
      await host.settled()
      await library.pool.close()
      await scaling?.close()
      await database.close()
    },
  }
}

function sharedRooms({ bus, directory, calls }: Scaling, metrics: Metrics, logger: Logger) {
  const elsewhere = forwarding(directory, calls, (error) =>
    logger.warn({ error }, 'a web socket could not be carried to the process that has its room'),
  )
  metrics.watchCarried(() => elsewhere.carried)
  return { presence: bus, driver: directory, elsewhere }
}

async function createMedia(parts: {
  config: Config
  logger: Logger
  metrics: Metrics
}): Promise<Media> {
  const { config, logger, metrics } = parts
  const media = await startMedia(config.media, {
    onUnavailable: (error) =>
      logger.warn(
        { error },
        'no media worker runs here: without voice and video until npm run setup has made one',
      ),
    onWorkerDied: () => {
      metrics.mediaWorkerDied()
      logger.error('a media worker died; its conferences go on with another')
    },
    onWorkerRetry: (error) => logger.warn({ error }, 'a media worker did not start; trying again'),
    onError: (error) => logger.error({ error }, 'media'),
  })
  metrics.watchMedia(() => media.census())
  return media
}

function createLibrary(parts: {
  config: Config
  logger: Logger
  metrics: Metrics
  secretKey: Uint8Array
  siblings: Siblings
  repositories: { imports: SqlImports; cases: SqlCases; vault: SqlVault; quarantine: SqlQuarantine }
}) {
  const { config, logger, metrics, secretKey, siblings, repositories } = parts
  const pool = new VolumePool()
  const store = new VolumeStore(join(config.dataDir, 'volumes'))
  const vault = new Vault(repositories.vault, secretKey)
  const quarantineFolder = join(config.dataDir, 'quarantine')
  const quarantine = new Quarantine(repositories.quarantine, quarantineFolder, secretKey)
  const imports = new ImportService({
    ...repositories,
    siblings,
    pool,
    store,
    vault,
    profile: config.deidentification,
    quarantine,
    spoolRoot: join(config.dataDir, 'spool'),
    onEnded: ({ importId, state }) => {
      metrics.importEnded(state)
      logger.info({ importId, importState: state }, 'import ended')
    },
    onError: (importId, error) => logger.error({ importId, error }, 'import failed'),
    onTrouble: (error) => logger.warn({ error }, 'imports of other processes; trying again'),
  })
  return { pool, store, imports, quarantine, vault }
}

/** One installation is one device to the PACS; its number says nothing of the key it comes from. */
function equipmentOf(secretKey: Uint8Array) {
  const number = hkdfSync('sha256', secretKey, '', 'caseroom device serial number', 8)
  return {
    softwareVersion: manifest.version,
    deviceSerialNumber: Buffer.from(number).toString('hex'),
  }
}

function intakeOf(imports: ImportService): Intake {
  return {
    receive: () => imports.receive(),
    interrupted: (message, cause) =>
      new ImportRefusedError('upload-interrupted', message, { cause }),
  }
}

/** Loaded only where it is wanted: the library for it is large. */
async function createDimse(parts: {
  config: Config
  logger: Logger
  intake: Intake
  accessLog: AccessLog
}): Promise<DimseReceiver | undefined> {
  const { config, logger, intake, accessLog } = parts
  if (!config.dimse) return undefined
  const { DimseReceiver } = await import('./dicom/dimse/dimse-receiver.ts')
  return new DimseReceiver({
    config: config.dimse,
    intake,
    recordSent: (aeTitle, importId) =>
      accessLog.record({
        atMs: Date.now(),
        actor: { kind: 'dimse', id: aeTitle, name: aeTitle },
        action: 'imported',
        subjectId: importId,
      }),
    onRefused: (reason, address) => logger.warn({ reason, address }, 'a sender was turned away'),
    onTrouble: (error) => logger.error({ error }, 'receiving from workstations'),
  })
}

async function listenForSenders(
  dimse: DimseReceiver | undefined,
  { dimse: settings }: Config,
  logger: Logger,
): Promise<void> {
  if (!dimse || !settings) return
  try {
    await dimse.listen()
  } catch (cause) {
    throw new StartError('DIMSE_PORT on DIMSE_HOST cannot be listened on; is it taken?', { cause })
  }
  logger.info({ address: `${settings.host}:${settings.port}` }, 'workstations may send here')
  if (settings.allowed.length === 0) {
    logger.warn('DIMSE_ALLOWED_AE is not set: no workstation may send')
  }
}

async function reachDatabase(config: Config, logger: Logger): Promise<Database> {
  const { databaseUrl, dataDir } = config
  try {
    return await openDatabase({
      databaseUrl,
      dataDir,
      onIdleError: (error) => logger.warn({ error }, 'a database connection was lost'),
    })
  } catch (cause) {
    const message = databaseUrl
      ? 'DATABASE_URL names a database that cannot be reached or brought up to date.'
      : 'The database in DATA_DIR cannot be opened or brought up to date.'
    throw new StartError(message, { cause })
  }
}

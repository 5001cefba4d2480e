import type { Generated } from 'kysely'

/**
 * The tables as SQLite and PostgreSQL both hold them: times are epoch milliseconds, truth is 0 or 1,
 * and structured values are JSON text, parsed by the repository that owns the table.
 */
export interface Tables {
  imports: ImportsTable
  cases: CasesTable
  volumes: VolumesTable
  conferences: ConferencesTable
  invitations: InvitationsTable
  conference_events: ConferenceEventsTable
  sign_in_links: SignInLinksTable
  access_log: AccessLogTable
  vault_patients: VaultPatientsTable
  vault_origins: VaultOriginsTable
  findings_minutes: FindingsMinutesTable
  findings_key_images: FindingsKeyImagesTable
  findings_sendings: FindingsSendingsTable
  face_decisions: FaceDecisionsTable
  quarantine: QuarantineTable
}

interface ImportsTable {
  import_id: string
  state: string
  progress: number
  problems: string
  case_ids: string
  report: string
  title: string | null
  demo: number
  created_at_ms: number
  updated_at_ms: number
  process_id: string | null
}

interface CasesTable {
  case_id: string
  import_id: string
  title: string
  modality: string
  body_part: string | null
  patient_sex: string | null
  patient_age: string | null
  study_date: string | null
  demo: number
  created_at_ms: number
  /** Title and body part in lower case: SQLite's own lower() knows ASCII only. */
  search_text: string
  body_part_lower: string | null
}

interface VolumesTable {
  volume_id: string
  case_id: string
  position: number
  manifest: string
}

interface ConferencesTable {
  conference_id: string
  case_id: string
  prior_case_id: string | null
  code: string
  opened_by: string
  opened_at_ms: number
  closed_at_ms: number | null
}

interface InvitationsTable {
  invitation_hash: string
  conference_id: string
  role: string
  expires_at_ms: number
  signs_in: string | null
}

interface ConferenceEventsTable {
  conference_id: string
  seq: number
  participant_id: string
  command_id: string
  event: string
  at_ms: number
}

interface SignInLinksTable {
  token_hash: string
  role: string
  name: string
  expires_at_ms: number
  used_at_ms: number | null
}

interface VaultPatientsTable {
  patient_key: string
  sealed: string
}

interface VaultOriginsTable {
  case_id: string
  patient_key: string
  sealed: string
}

interface QuarantineTable {
  import_id: string
  sealed: string
  created_at_ms: number
}

interface FaceDecisionsTable {
  decision_id: Generated<number>
  case_id: string
  decision: string
}

interface FindingsMinutesTable {
  conference_id: string
  text: string
  version: number
  saved_by: string
  saved_at_ms: number
}

interface FindingsKeyImagesTable {
  key_image_id: string
  conference_id: string
  taken_at_ms: number
  taken_by: string
  columns: number
  rows: number
  png: Uint8Array
}

interface FindingsSendingsTable {
  sending_id: string
  conference_id: string
  state: string
  digest: string
  signed_by: string
  signed_at_ms: number
  begun_at_ms: number
  kinds: string
  message: string | null
}

interface AccessLogTable {
  entry_id: Generated<number>
  at_ms: number
  actor_kind: string
  actor_id: string
  actor_name: string
  action: string
  subject_id: string
}

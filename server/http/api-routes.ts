import { z } from 'zod'
import { caseDetails, caseList, caseQuery } from '../../shared/case/case.ts'
import { faceProtection, protectFaceRequest } from '../../shared/case/face.ts'
import { importAccepted, importList, importStatus } from '../../shared/case/import.ts'
import { priorList } from '../../shared/case/prior.ts'
import { quarantine, quarantineReview } from '../../shared/case/quarantine.ts'
import {
  findingsSent,
  findingsView,
  keyImageSummary,
  pastConferences,
  savedMinutes,
  saveMinutesRequest,
  sendFindingsRequest,
} from '../../shared/findings/findings-view.ts'
import {
  pacsImportRequest,
  pacsSeriesList,
  pacsStatus,
  pacsStudies,
  seriesSearch,
  studySearch,
} from '../../shared/pacs/pacs.ts'
import { accessEntries, accessQuery } from './routes/access-log.ts'
import {
  conferenceLinks,
  conferenceList,
  conferenceOpened,
  conferenceState,
  joined,
  joinRequest,
  openConferenceRequest,
} from './routes/conference-schemas.ts'
import { signedIn, signInRequest } from './routes/sign-in.ts'

/** Who may call: anybody; anybody with a token or login; staff (admin, clinician); admins. */
export type Audience = 'anybody' | 'holder' | 'staff' | 'admin'

export interface ApiRoute {
  readonly method: 'get' | 'post' | 'put' | 'delete'
  /** As Express writes it, from the root. */
  readonly path: string
  readonly summary: string
  readonly audience: Audience
  readonly query?: z.ZodType
  readonly body?: z.ZodType | 'files' | 'png'
  /** The status and content of success; refusals are the same everywhere. */
  readonly status: number
  readonly answer?: z.ZodType | { contentType: string }
}

const text = { contentType: 'text/plain' }
const live = z.strictObject({ live: z.literal(true) })
const ready = z.strictObject({ ready: z.boolean(), missing: z.array(z.string()) })

/** Every route of the HTTP interface: what the OpenAPI document is made of. */
export const apiRoutes: readonly ApiRoute[] = [
  {
    method: 'get',
    path: '/health/live',
    summary: 'Whether the process runs.',
    audience: 'anybody',
    status: 200,
    answer: live,
  },
  {
    method: 'get',
    path: '/health/ready',
    summary: 'Whether people can be sent here; 503 with what is missing.',
    audience: 'anybody',
    status: 200,
    answer: ready,
  },
  {
    method: 'get',
    path: '/metrics',
    summary: 'Prometheus figures; from another machine, for staff.',
    audience: 'anybody',
    status: 200,
    answer: text,
  },
  {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This document.',
    audience: 'anybody',
    status: 200,
    answer: z.record(z.string(), z.unknown()),
  },
  {
    method: 'post',
    path: '/api/sign-in',
    summary: 'Uses up a one-time sign-in link and sets the login cookie.',
    audience: 'anybody',
    body: signInRequest,
    status: 200,
    answer: signedIn,
  },
  {
    method: 'post',
    path: '/api/sign-out',
    summary: 'Clears the login cookie.',
    audience: 'anybody',
    status: 204,
  },
  {
    method: 'get',
    path: '/api/me',
    summary: 'Who the token or the login cookie says you are.',
    audience: 'holder',
    status: 200,
    answer: signedIn,
  },
  {
    method: 'post',
    path: '/api/imports',
    summary: 'Brings in DICOM files or a zip of them; the answer comes when all have arrived.',
    audience: 'staff',
    body: 'files',
    status: 202,
    answer: importAccepted,
  },
  {
    method: 'get',
    path: '/api/imports',
    summary: 'The latest imports, newest first.',
    audience: 'staff',
    status: 200,
    answer: importList,
  },
  {
    method: 'get',
    path: '/api/imports/:importId',
    summary: 'How an import is going.',
    audience: 'staff',
    status: 200,
    answer: importStatus,
  },
  {
    method: 'get',
    path: '/api/imports/:importId/events',
    summary: 'The same as server-sent events named `import`, until it has ended.',
    audience: 'staff',
    status: 200,
    answer: { contentType: 'text/event-stream' },
  },
  {
    method: 'get',
    path: '/api/imports/:importId/quarantine',
    summary: 'The slices that a person has to look at before anything is kept.',
    audience: 'staff',
    status: 200,
    answer: quarantine,
  },
  {
    method: 'get',
    path: '/api/imports/:importId/quarantine/slices/:index',
    summary: 'One of these slices, as PNG. It may show who the patient is.',
    audience: 'staff',
    status: 200,
    answer: { contentType: 'image/png' },
  },
  {
    method: 'post',
    path: '/api/imports/:importId/quarantine/release',
    summary: 'Imports what was held back, without what is in the boxes (pixels).',
    audience: 'staff',
    body: quarantineReview,
    status: 202,
    answer: importAccepted,
  },
  {
    method: 'delete',
    path: '/api/imports/:importId/quarantine',
    summary: 'Discards what was held back.',
    audience: 'staff',
    status: 204,
  },
  {
    method: 'get',
    path: '/api/pacs',
    summary: 'Whether a PACS is set up here.',
    audience: 'staff',
    status: 200,
    answer: pacsStatus,
  },
  {
    method: 'post',
    path: '/api/pacs/studies/search',
    summary: 'Studies in the PACS, newest first; a body, so that no name is in a URL.',
    audience: 'staff',
    body: studySearch,
    status: 200,
    answer: pacsStudies,
  },
  {
    method: 'post',
    path: '/api/pacs/series/search',
    summary: 'The series of a study in the PACS.',
    audience: 'staff',
    body: seriesSearch,
    status: 200,
    answer: pacsSeriesList,
  },
  {
    method: 'post',
    path: '/api/pacs/imports',
    summary: 'Fetches series from the PACS as one import; its progress is the import’s.',
    audience: 'staff',
    body: pacsImportRequest,
    status: 202,
    answer: importAccepted,
  },
  {
    method: 'get',
    path: '/api/cases',
    summary: 'The library, newest first, a page at a time.',
    audience: 'staff',
    query: caseQuery,
    status: 200,
    answer: caseList,
  },
  {
    method: 'get',
    path: '/api/cases/:caseId',
    summary: 'A case with its volumes; for a participant, that of the conference.',
    audience: 'holder',
    status: 200,
    answer: caseDetails,
  },
  {
    method: 'get',
    path: '/api/cases/:caseId/priors',
    summary:
      'Other cases of the same patient; for a participant, the one that the conference compares with.',
    audience: 'holder',
    status: 200,
    answer: priorList,
  },
  {
    method: 'get',
    path: '/api/cases/:caseId/thumbnail',
    summary: 'A picture of the case.',
    audience: 'holder',
    status: 200,
    answer: { contentType: 'image/png' },
  },
  {
    method: 'post',
    path: '/api/cases/:caseId/face',
    summary:
      'Masks the face in a case (a plane, in patient mm), or has somebody answer for it by name.',
    audience: 'holder',
    body: protectFaceRequest,
    status: 200,
    answer: z.strictObject({ face: faceProtection }),
  },
  {
    method: 'delete',
    path: '/api/cases/:caseId/origin',
    summary: 'Forgets which patient the case is of, and all other cases of the same person.',
    audience: 'staff',
    status: 204,
  },
  {
    method: 'get',
    path: '/api/volumes/:volumeId/zarr/*key',
    summary:
      'The OME-Zarr 0.5 tree of a volume, immutable, with byte ranges; 404 for a missing key.',
    audience: 'holder',
    status: 200,
    answer: { contentType: 'application/octet-stream' },
  },
  {
    method: 'get',
    path: '/api/conferences',
    summary: 'The open conferences, newest first.',
    audience: 'staff',
    status: 200,
    answer: conferenceList,
  },
  {
    method: 'post',
    path: '/api/conferences',
    summary:
      'Opens a conference on a case, beside a prior of the same patient if one is named; the links work many times, for 24 hours.',
    audience: 'staff',
    body: openConferenceRequest,
    status: 201,
    answer: conferenceOpened,
  },
  {
    method: 'post',
    path: '/api/conferences/:conferenceId/links',
    summary: 'Fresh links of a conference, for whoever opened it.',
    audience: 'staff',
    status: 201,
    answer: conferenceLinks,
  },
  {
    method: 'post',
    path: '/api/conferences/join',
    summary: 'A seat in a conference, by link or by code; 429 after too many wrong ones.',
    audience: 'anybody',
    body: joinRequest,
    status: 200,
    answer: joined,
  },
  {
    method: 'get',
    path: '/api/conferences/:conferenceId/state',
    summary: 'The durable state of a conference with its number and hash.',
    audience: 'holder',
    status: 200,
    answer: conferenceState,
  },
  {
    method: 'get',
    path: '/api/past-conferences',
    summary: 'The latest conferences that were closed, newest first.',
    audience: 'staff',
    status: 200,
    answer: pastConferences,
  },
  {
    method: 'get',
    path: '/api/conferences/:conferenceId/findings',
    summary:
      'What a conference marked, kept and wrote, and what the PACS has of it; for its attending and clinicians.',
    audience: 'holder',
    status: 200,
    answer: findingsView,
  },
  {
    method: 'put',
    path: '/api/conferences/:conferenceId/findings/minutes',
    summary: 'Saves the minutes; 409 where somebody has saved since that version.',
    audience: 'holder',
    body: saveMinutesRequest,
    status: 200,
    answer: savedMinutes,
  },
  {
    method: 'post',
    path: '/api/conferences/:conferenceId/findings/key-images',
    summary: 'Keeps a picture, 8-bit RGB or RGBA of at most 8 MiB and 4096 pixels a side.',
    audience: 'holder',
    body: 'png',
    status: 201,
    answer: keyImageSummary,
  },
  {
    method: 'get',
    path: '/api/conferences/:conferenceId/findings/key-images/:keyImageId',
    summary: 'The picture.',
    audience: 'holder',
    status: 200,
    answer: { contentType: 'image/png' },
  },
  {
    method: 'delete',
    path: '/api/conferences/:conferenceId/findings/key-images/:keyImageId',
    summary: 'Removes a key image; what the PACS has of it stays there.',
    audience: 'holder',
    status: 204,
  },
  {
    method: 'post',
    path: '/api/conferences/:conferenceId/findings/send',
    summary:
      'Signs what was chosen and sends it to the PACS; 502 with the reason where it did not go.',
    audience: 'holder',
    body: sendFindingsRequest,
    status: 200,
    answer: findingsSent,
  },
  {
    method: 'get',
    path: '/api/access-log',
    summary: 'Who imported, opened, joined, saw; newest first, 1000 at a time.',
    audience: 'admin',
    query: accessQuery,
    status: 200,
    answer: accessEntries,
  },
]

import { z } from 'zod'
import {
  type FaceProtection,
  faceProtection,
  type ProtectFaceRequest,
} from '../../shared/case/face.ts'
import { call } from './http.ts'

const answer = z.object({ face: faceProtection })

export async function protectFace(
  caseId: string,
  body: ProtectFaceRequest,
): Promise<FaceProtection> {
  const path = `/api/cases/${encodeURIComponent(caseId)}/face`
  return (await call(path, answer, { method: 'POST', body })).face
}

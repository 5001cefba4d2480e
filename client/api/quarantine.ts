import { z } from 'zod'
import { importAccepted } from '../../shared/case/import.ts'
import { type Quarantine, type QuarantineReview, quarantine } from '../../shared/case/quarantine.ts'
import { ApiError, call } from './http.ts'

const pathOf = (importId: string) => `/api/imports/${encodeURIComponent(importId)}/quarantine`

/** Undefined where somebody has decided about it. */
export async function readQuarantine(importId: string): Promise<Quarantine | undefined> {
  try {
    return await call(pathOf(importId), quarantine)
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined
    throw error
  }
}

export const heldPictureUrl = (importId: string, index: number): string =>
  `${pathOf(importId)}/slices/${index}`

/** Imports what was held back, without what is in the boxes; the id of the new import. */
export async function releaseHeld(importId: string, review: QuarantineReview): Promise<string> {
  const options = { method: 'POST', body: review } as const
  return (await call(`${pathOf(importId)}/release`, importAccepted, options)).importId
}

export async function discardHeld(importId: string): Promise<void> {
  await call(pathOf(importId), z.undefined(), { method: 'DELETE' })
}

import { z } from 'zod'
import { endStates, type ImportStatus, importStatus } from '../../shared/case/import.ts'
import { call } from './http.ts'

const recent = z.object({ imports: z.array(importStatus) })

/** Newest first. */
export async function recentImports(): Promise<ImportStatus[]> {
  return (await call('/api/imports', recent)).imports
}

/**
 * Tells of every change of a job until it has ended; the browser reconnects by itself. Returns what
 * stops the watching.
 */
export function watchImport(importId: string, told: (status: ImportStatus) => void): () => void {
  const events = new EventSource(`/api/imports/${encodeURIComponent(importId)}/events`)
  events.addEventListener('import', (event: MessageEvent<string>) => {
    const status = importStatus.parse(JSON.parse(event.data))
    told(status)
    if (endStates.includes(status.state)) events.close()
  })
  return () => events.close()
}

import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { endStates, type ImportStatus } from '../../shared/case/import.ts'
import type { Siblings } from '../scaling/siblings.ts'
import type { ImportService } from './import-service.ts'
import type { CaseRepository } from './ports.ts'

const demoFolder = join(import.meta.dirname, '../../infra/demo/ct')
const demoTitle = 'Chest CT, demo case'

export interface DemoLibrary {
  readonly imports: ImportService
  readonly cases: Pick<CaseRepository, 'findDemo'>
  readonly siblings: Pick<Siblings, 'exclusively'>
}

/**
 * The demo case's id; it is imported, as any upload is, where it is not there yet, by one process
 * while the others wait. Throws where that does not end well.
 */
export async function ensureDemoCase(library: DemoLibrary, folder = demoFolder): Promise<string> {
  const { imports, cases, siblings } = library
  return await siblings.exclusively('demo-case', async () => {
    const there = await cases.findDemo()
    return there ? there.caseId : await importDemoCase(imports, folder)
  })
}

async function importDemoCase(imports: ImportService, folder: string): Promise<string> {
  const upload = await imports.receive({ demo: true })
  try {
    for (const name of (await readdir(folder)).sort()) {
      await upload.addFile(createReadStream(join(folder, name)))
    }
    upload.title = demoTitle
    upload.accept()
  } catch (error) {
    await upload.refuse(error)
    throw error
  }
  const { state, caseIds, problems } = await ended(imports, upload.importId)
  const [caseId] = caseIds
  if (caseId) return caseId
  const codes = problems.map(({ code }) => code).join(', ')
  throw new Error(`the demo case was ${state}: ${codes}`)
}

async function ended(imports: ImportService, importId: string): Promise<ImportStatus> {
  const watched = new Promise<ImportStatus>((resolve) => {
    const unwatch = imports.watch(importId, (status) => {
      if (!endStates.includes(status.state)) return
      unwatch()
      resolve(status)
    })
  })
  const now = await imports.status(importId)
  return now && endStates.includes(now.state) ? now : await watched
}

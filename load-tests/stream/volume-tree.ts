import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { caseDetails } from '../../shared/case/case.ts'
import { importStatus } from '../../shared/case/import.ts'
import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import type { Caseroom } from '../../test/support/start-caseroom.ts'
import { until } from '../../test/support/until.ts'

/** A volume as the server stores it. */
export interface VolumeTree {
  readonly manifest: VolumeManifest
  /** By path below the tree, as "/0/c/0/0/0". */
  readonly keys: ReadonlyMap<string, Buffer>
}

const chunkEdge = 64
const bytesPerVoxel = { int16: 2, uint16: 2, float32: 4 }

/** The finest level's bytes, as stored and as voxels. */
export function packing({ manifest, keys }: VolumeTree): { stored: number; raw: number } {
  const { dims, dataType } = manifest
  let stored = 0
  for (const [key, body] of keys) if (key.startsWith('/0/c/')) stored += body.length
  return { stored, raw: dims[0] * dims[1] * dims[2] * bytesPerVoxel[dataType] }
}

/** Imports a folder's files by HTTP; answers the first case of them. */
export async function importFolder(caseroom: Caseroom, folder: string): Promise<string> {
  const token = caseroom.token('clinician')
  const body = new FormData()
  for (const name of readdirSync(folder)) {
    body.append('files', new Blob([readFileSync(join(folder, name))]), 'file')
  }
  const started = await caseroom.call('POST', '/api/imports', { token, body })
  const { importId } = (await started.json()) as { importId: string }
  const done = await until(
    'the import is ready',
    async () => {
      const answer = await caseroom.call('GET', `/api/imports/${importId}`, { token })
      const status = importStatus.parse(await answer.json())
      if (status.state === 'failed' || status.state === 'rejected') {
        throw new Error(`the import is ${status.state}`)
      }
      return status.state === 'ready' ? status : undefined
    },
    120_000,
  )
  const [caseId] = done.caseIds
  if (!caseId) throw new Error('the import made no case')
  return caseId
}

/** Reads the first volume of a case whole, by HTTP. */
export async function readTree(caseroom: Caseroom, caseId: string): Promise<VolumeTree> {
  const token = caseroom.token('clinician')
  const get = (path: string) => caseroom.call('GET', path, { token })
  const details = caseDetails.parse(await (await get(`/api/cases/${caseId}`)).json())
  const [manifest] = details.volumes
  if (!manifest) throw new Error('the case has no volume')
  const keys = new Map<string, Buffer>()
  for (const { path, dims } of manifest.levels) {
    const wanted = [`/${path}/zarr.json`]
    const [ni, nj, nk] = dims.map((n) => Math.ceil(n / chunkEdge)) as [number, number, number]
    for (let k = 0; k < nk; k++)
      for (let j = 0; j < nj; j++)
        for (let i = 0; i < ni; i++) wanted.push(`/${path}/c/${k}/${j}/${i}`)
    for (const key of wanted) {
      const response = await get(`/api/volumes/${manifest.volumeId}/zarr${key}`)
      if (response.ok) keys.set(key, Buffer.from(await response.arrayBuffer()))
    }
  }
  return { manifest, keys }
}

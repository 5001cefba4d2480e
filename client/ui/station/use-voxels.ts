import { useEffect, useState } from 'react'
import type { CaseDetails } from '../../../shared/case/case.ts'
import type { OpenVoxels } from '../../voxels/open-voxels.ts'
import { openVoxels } from '../../voxels/open-voxels.ts'

export type VoxelsOf = (volumeId: string) => OpenVoxels | undefined

/** One for each volume that is asked for, as long as the page is in the conference. */
class VoxelShelf {
  readonly #opened = new Map<string, OpenVoxels>()
  readonly #volumes: CaseDetails['volumes']
  readonly #token: () => string

  constructor(volumes: CaseDetails['volumes'], token: () => string) {
    this.#volumes = volumes
    this.#token = token
  }

  readonly of: VoxelsOf = (volumeId) => {
    const opened = this.#opened.get(volumeId)
    const manifest = this.#volumes.find((volume) => volume.volumeId === volumeId)
    if (opened || !manifest) return opened
    const voxels = openVoxels({
      manifest,
      zarrUrl: `${location.origin}/api/volumes/${volumeId}/zarr`,
      headers: () => ({ Authorization: `Bearer ${this.#token()}` }),
    })
    this.#opened.set(volumeId, voxels)
    return voxels
  }

  close(): void {
    for (const voxels of this.#opened.values()) voxels.dispose()
    this.#opened.clear()
  }
}

/** The volumes' voxels, shared by everything on the page that reads them. */
export function useVoxels({ volumes }: CaseDetails, token: () => string): VoxelsOf {
  const [shelf] = useState(() => new VoxelShelf(volumes, token))
  useEffect(() => () => shelf.close(), [shelf])
  return shelf.of
}

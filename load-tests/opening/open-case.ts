import { RoomConnection } from '../../client/connection/room-connection.ts'
import { affordableLevels, textureBudgetBytes } from '../../client/volume/level-plan.ts'
import { readLevel } from '../../client/volume/level-reader.ts'
import { ZarrSource } from '../../client/voxels/zarr-source.ts'
import { caseDetails } from '../../shared/case/case.ts'
import type { ConferenceState } from '../../shared/conference/state.ts'
import { texelEncoding } from '../../shared/volume/half-float.ts'
import type { VolumeLevel, VolumeManifest } from '../../shared/volume/manifest.ts'
import { joinByLink } from '../../test/support/join-by-link.ts'
import { monotonicMs } from '../monotonic-ms.ts'
import type { OpenedCase, OpenRequest } from './guest-messages.ts'

/** Edge of a chunk in voxels (`server/volume`), and what a browser fetches at a time. */
const chunkEdge = 64
const parallelFetches = 6
/** What every WebGL2 device takes. */
const largestSide = 2048

/**
 * What a guest's page does from the press of "join": takes the seat, reads the case, then the levels
 * from the coarsest to the finest that fits. Nothing is drawn.
 */
export async function openCase({ way, finer }: OpenRequest): Promise<OpenedCase> {
  const startMs = monotonicMs()
  const since = () => monotonicMs() - startMs
  const joined = await joinByLink(way)
  const first = Promise.withResolvers<ConferenceState>()
  const connection = await RoomConnection.open(joined.seat, {
    origin: way.origin,
    rejoin: () => joinByLink(way, joined.token),
    events: {
      onState: first.resolve,
      onPoses: () => undefined,
      onHash: () => undefined,
      onMediaNote: () => undefined,
      onConnection: () => undefined,
    },
  })
  const { caseId, shownVolumeId } = await first.promise
  const stateMs = since()
  const headers = { authorization: `Bearer ${joined.token}` }
  const response = await fetch(`${way.origin}/api/cases/${caseId}`, { headers })
  const { volumes } = caseDetails.parse(await response.json())
  const volume = volumes.find(({ volumeId }) => volumeId === shownVolumeId)
  const [coarsest, ...rest] = volume ? levelsOf(volume) : []
  if (!volume || !coarsest) throw new Error('the conference shows no volume')
  const zarrUrl = `${way.origin}/api/volumes/${shownVolumeId}/zarr/`
  const encoding = texelEncoding(volume.valueRange, volume.paddingValue)
  const decode = async ({ path, dims }: VolumeLevel) =>
    (await readLevel({ zarrUrl, headers, path, dims, encoding }, () => undefined)).bytes
  const receive = (level: VolumeLevel) => receiveLevel(level, { zarrUrl, headers })
  let bytes = await decode(coarsest)
  const firstLevelMs = since()
  for (const level of rest) bytes += await (finer === 'decoded' ? decode(level) : receive(level))
  const finestMs = since()
  await connection.leave()
  return { stateMs, firstLevelMs, finestMs, bytes }
}

const levelsOf = ({ levels }: VolumeManifest) =>
  affordableLevels(levels, { largestSide, budgetBytes: textureBudgetBytes(undefined) })

/** Every chunk of a level, and what they weigh. */
async function receiveLevel(
  { path, dims }: VolumeLevel,
  { zarrUrl, headers }: { zarrUrl: string; headers: Record<string, string> },
): Promise<number> {
  const source = new ZarrSource(zarrUrl, { headers, onRetry: () => undefined })
  await source.get(`/${path}/zarr.json`)
  const [ni, nj, nk] = dims.map((count) => Math.ceil(count / chunkEdge)) as [number, number, number]
  const keys = Array.from({ length: ni * nj * nk }, (_, n) => {
    const [i, j, k] = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))]
    return `/${path}/c/${k}/${j}/${i}` as const
  }).values()
  const fetcher = async () => {
    for (const key of keys) await source.get(key)
  }
  await Promise.all(Array.from({ length: parallelFetches }, fetcher))
  return source.bytes
}

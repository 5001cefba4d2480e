import type { VolumeManifest } from '../../shared/volume/manifest.ts'
import { chunkEdge } from './chunk-decoder.ts'
import { chunkMemoryBytes, deviceMemoryGiB } from './device-memory.ts'

/** What one volume may keep decoded just now. */
export interface MemoryShare {
  readonly bytes: number
  /** Told of every change, until it is given back. */
  onChange: ((bytes: number) => void) | undefined
  giveBack(): void
}

interface Member {
  readonly wantedBytes: number
  bytes: number
  onChange: ((bytes: number) => void) | undefined
}

/**
 * One budget for the decoded chunks of all volumes: who wants less than an equal part gets what it
 * wants, and the others share what is left.
 */
export class SharedMemory {
  readonly #bytes: number
  readonly #members = new Set<Member>()

  constructor(bytes: number) {
    this.#bytes = bytes
  }

  share(wantedBytes: number): MemoryShare {
    const member: Member = { wantedBytes, bytes: 0, onChange: undefined }
    this.#members.add(member)
    this.#divide()
    return {
      get bytes() {
        return member.bytes
      },
      get onChange() {
        return member.onChange
      },
      set onChange(listener) {
        member.onChange = listener
      },
      giveBack: () => {
        member.onChange = undefined
        if (this.#members.delete(member)) this.#divide()
      },
    }
  }

  #divide(): void {
    const modestFirst = [...this.#members].sort((a, b) => a.wantedBytes - b.wantedBytes)
    let left = this.#bytes
    modestFirst.forEach((member, n) => {
      const equal = Math.floor(left / (modestFirst.length - n))
      const bytes = Math.min(member.wantedBytes, equal)
      left -= bytes
      if (bytes === member.bytes) return
      member.bytes = bytes
      member.onChange?.(bytes)
    })
  }
}

let page: SharedMemory | undefined

/** Of everything on this page. */
export function pageMemory(): SharedMemory {
  page ??= new SharedMemory(chunkMemoryBytes(deviceMemoryGiB()))
  return page
}

/** Of all levels of a volume, and of as much again where it has label maps. */
export function decodedBytes({
  levels,
  labels,
  dataType,
}: Pick<VolumeManifest, 'levels' | 'labels' | 'dataType'>): number {
  const bytesPerVoxel = dataType === 'float32' ? 4 : 2
  const voxels = levels.reduce((sum, { dims }) => {
    return (
      sum + dims.reduce((product, count) => product * Math.ceil(count / chunkEdge) * chunkEdge, 1)
    )
  }, 0)
  return voxels * bytesPerVoxel * (labels?.length ? 2 : 1)
}

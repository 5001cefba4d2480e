import type { Way } from '../../test/support/join-by-link.ts'

/** To a guest's process, once it has said that it is ready. */
export interface OpenRequest {
  readonly way: Way
  /** Finer levels than the first: decoded as a page does, or only received. */
  readonly finer: 'decoded' | 'received'
}

/** All from the call to join. */
export interface OpenedCase {
  readonly stateMs: number
  readonly firstLevelMs: number
  readonly finestMs: number
  /** Compressed voxels and their metadata. */
  readonly bytes: number
}

export type GuestReply = 'ready' | { readonly opened: OpenedCase } | { readonly failed: string }

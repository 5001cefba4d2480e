/** How far a segment has come on this page; `empty` has no voxel that is at least half full. */
export type SegmentState =
  | { readonly state: 'loading' }
  | { readonly state: 'shown' }
  | { readonly state: 'empty' }
  /** In words for the person who waits for it. */
  | { readonly state: 'failed'; readonly message: string }

/** By `segmentKey`; a segment that nobody has shown yet is not in it. */
export type SegmentStates = ReadonlyMap<string, SegmentState>

export const segmentKey = (volumeId: string, labelId: string) => `${volumeId}/${labelId}`

import type { MediaSource } from '../../shared/protocol/media.ts'

/** What should be received and sent now. */
export interface Wanted {
  /** Producers of the others, the ones that matter most first. */
  readonly receive: ReadonlyMap<string, MediaSource>
  readonly send: ReadonlyMap<MediaSource, Sent>
  /** 0 is the smallest picture of a view. */
  readonly spatialLayer: number
  /** This device cannot draw the volume. */
  readonly needsView: boolean
}

/** What is received and sent, as the SFU was told. */
export interface Had {
  readonly receiving: ReadonlyMap<string, { spatialLayer?: number }>
  readonly sending: ReadonlyMap<MediaSource, Sent>
  readonly needsView: boolean
}

export interface Sent {
  readonly track: MediaStreamTrack
  /** False: the producer is there and paused. */
  readonly open: boolean
}

export type Step =
  | { readonly do: 'setOpen'; readonly source: MediaSource; readonly open: boolean }
  | { readonly do: 'stop'; readonly source: MediaSource }
  | { readonly do: 'letGo'; readonly producerId: string }
  | { readonly do: 'replaceTrack'; readonly source: MediaSource; readonly track: MediaStreamTrack }
  | ({ readonly do: 'send'; readonly source: MediaSource } & Sent)
  | { readonly do: 'receive'; readonly producerId: string }
  | { readonly do: 'preferLayer'; readonly producerId: string; readonly spatialLayer: number }
  | { readonly do: 'tellNeed'; readonly needed: boolean }

/**
 * What is to be done to come from what is had to what is wanted, in this order: what ends, what is
 * sent, what is received. Empty once both are the same.
 */
export function reconcile(wanted: Wanted, had: Had): readonly Step[] {
  const steps: Step[] = []
  for (const source of had.sending.keys()) {
    if (!wanted.send.has(source)) steps.push({ do: 'stop', source })
  }
  for (const producerId of had.receiving.keys()) {
    if (!wanted.receive.has(producerId)) steps.push({ do: 'letGo', producerId })
  }
  for (const [source, sent] of wanted.send) {
    const now = had.sending.get(source)
    if (!now) steps.push({ do: 'send', source, ...sent })
    else {
      if (now.track !== sent.track) steps.push({ do: 'replaceTrack', source, track: sent.track })
      if (now.open !== sent.open) steps.push({ do: 'setOpen', source, open: sent.open })
    }
  }
  for (const [producerId, source] of wanted.receive) {
    const now = had.receiving.get(producerId)
    const { spatialLayer } = wanted
    if (!now) steps.push({ do: 'receive', producerId })
    if (source === 'view' && now?.spatialLayer !== spatialLayer) {
      steps.push({ do: 'preferLayer', producerId, spatialLayer })
    }
  }
  if (wanted.needsView !== had.needsView) steps.push({ do: 'tellNeed', needed: wanted.needsView })
  // a voice that closes is heard by nobody before anything else is done
  return [...steps.filter(closes), ...steps.filter((step) => !closes(step))]
}

const closes = (step: Step): boolean => step.do === 'setOpen' && !step.open

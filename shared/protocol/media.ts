import { z } from 'zod'

/**
 * The signalling between a page and the SFU: one table, asked over the room as
 * `request('media', {method, …})` and answered `{ok: true, …answer}` or `{ok: false, reason, message}`.
 * Words are WebRTC's and mediasoup's. What mediasoup itself checks in depth (RTP parameters, DTLS
 * parameters) is bounded here and checked there.
 */
const id = z.string().regex(/^[\w-]{1,64}$/)
const kind = z.enum(['audio', 'video'])

/** An object that mediasoup checks itself: here only that it is one and small. */
const mediasoupObject = z
  .record(z.string().max(64), z.unknown())
  .refine((value) => JSON.stringify(value).length <= 32_768, 'too long')

/** What somebody sends: their voice, or the picture of their canvas. */
export const mediaSources = ['microphone', 'view'] as const
export type MediaSource = (typeof mediaSources)[number]
export const kindOf = { microphone: 'audio', view: 'video' } as const

export const mediaRequests = {
  /**
   * First. Answers what the router can do, relays to reach it by, and whether the peer of that id is still there with its
   * transports: then nothing has to be made anew after a connection to the room was lost.
   */
  join: z.strictObject({ peerId: id.optional() }),
  createTransport: z.strictObject({ direction: z.enum(['send', 'receive']) }),
  connectTransport: z.strictObject({ transportId: id, dtlsParameters: mediasoupObject }),
  restartIce: z.strictObject({ transportId: id }),
  /** A second of the same source replaces the first. Somebody else's view ends with a new one. */
  produce: z.strictObject({
    transportId: id,
    source: z.enum(mediaSources),
    kind,
    rtpParameters: mediasoupObject,
    paused: z.boolean().optional(),
  }),
  pauseProducer: z.strictObject({ producerId: id }),
  resumeProducer: z.strictObject({ producerId: id }),
  closeProducer: z.strictObject({ producerId: id }),
  /** Starts paused, so that no packet comes before the page can take it. */
  consume: z.strictObject({ producerId: id, rtpCapabilities: mediasoupObject }),
  resumeConsumer: z.strictObject({ consumerId: id }),
  pauseConsumer: z.strictObject({ consumerId: id }),
  closeConsumer: z.strictObject({ consumerId: id }),
  /** Simulcast: 0 is the smallest picture. */
  preferLayers: z.strictObject({ consumerId: id, spatialLayer: z.int().min(0).max(2) }),
  /** This device cannot draw the volume, or can again. */
  needView: z.strictObject({ needed: z.boolean() }),
} as const

export type MediaMethod = keyof typeof mediaRequests
export type MediaRequest<M extends MediaMethod> = z.infer<(typeof mediaRequests)[M]>

/** Opaque to the signalling: mediasoup's and mediasoup-client's own types on either side. */
type Opaque = Record<string, unknown>

/** A relay for a page that reaches the SFU no other way (RTCIceServer, WebRTC §4.2.2). */
export interface IceServer {
  urls: string[]
  /** `EXPIRY:PARTICIPANT`, the expiry in Unix seconds. */
  username: string
  credential: string
}

export interface MediaAnswers {
  /** `iceServers`: empty where the installation has no relay. */
  join: { peerId: string; resumed: boolean; rtpCapabilities: Opaque; iceServers: IceServer[] }
  createTransport: {
    transportId: string
    iceParameters: Opaque
    iceCandidates: Opaque[]
    dtlsParameters: Opaque
  }
  connectTransport: Record<never, never>
  restartIce: { iceParameters: Opaque }
  produce: { producerId: string }
  pauseProducer: Record<never, never>
  resumeProducer: Record<never, never>
  closeProducer: Record<never, never>
  consume: {
    consumerId: string
    producerId: string
    kind: z.infer<typeof kind>
    rtpParameters: Opaque
    participantId: string
    source: MediaSource
  }
  resumeConsumer: Record<never, never>
  pauseConsumer: Record<never, never>
  closeConsumer: Record<never, never>
  preferLayers: Record<never, never>
  needView: Record<never, never>
}

export type MediaRefusal =
  | 'malformed-request'
  | 'unknown-method'
  | 'not-allowed'
  | 'muted'
  | 'not-joined'
  | 'no-such-transport'
  | 'no-such-producer'
  | 'no-such-consumer'
  | 'cannot-consume'
  | 'too-many'
  | 'unavailable'

export type MediaAnswer<M extends MediaMethod = MediaMethod> =
  | ({ ok: true } & MediaAnswers[M])
  | { ok: false; reason: MediaRefusal; message: string }

/**
 * What the server tells a page of itself, as the message `media`. Who sends what is in the state of
 * the participants (`voiceProducerId`, `viewProducerId`); this is only what no state can say.
 */
export type MediaNote =
  /** The worker died: every transport is gone. Join again, now. */
  | { readonly note: 'lost' }
  /** What a consumer received has ended. */
  | { readonly note: 'consumerClosed'; readonly consumerId: string }
  /** The server closed what this page sends: another view took its place, or it was not allowed. */
  | {
      readonly note: 'producerClosed'
      readonly source: MediaSource
      readonly why: 'replaced' | 'not-allowed'
    }

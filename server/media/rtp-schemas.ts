import { getSupportedRtpCapabilities } from 'mediasoup'
import { z } from 'zod'

/**
 * WebRTC parameters as a page may send them, before mediasoup sees them. mediasoup checks whether
 * they fit; it does not check that numbers are whole or in range, and a single value that its own
 * serializer throws at leaves the channel to its worker unusable for everybody. Nor does it look
 * into texts, which go on into the SDP of everybody who receives: a line break there is a line of it.
 */
const uint32 = z.int().min(0).max(0xffff_ffff)
const payloadType = z.int().min(0).max(127)
const oneLine = z.string().regex(/^[ -~]*$/)
const word = oneLine.max(64)
const mimeType = z.string().regex(/^(audio|video)\/[\w.-]{1,32}$/)
/** fmtp of a codec: numbers are int32 on the way to the worker. */
const parameters = z
  .record(word, z.union([oneLine.max(256), z.int32(), z.boolean()]))
  .refine((record) => Object.keys(record).length <= 32)
const rtcpFeedback = z.array(z.object({ type: word, parameter: word.optional() })).max(32)
const uris = (getSupportedRtpCapabilities().headerExtensions ?? []).map(({ uri }) => uri)
const uri = z.enum([...new Set(uris)])

export const rtpParametersSchema = z.object({
  mid: word.optional(),
  codecs: z
    .array(
      z.object({
        mimeType,
        payloadType,
        clockRate: z.int().min(1).max(1_000_000),
        channels: z.int().min(1).max(16).optional(),
        parameters: parameters.optional(),
        rtcpFeedback: rtcpFeedback.optional(),
      }),
    )
    .min(1)
    .max(8),
  headerExtensions: z
    .array(z.object({ uri, id: z.int().min(1).max(255), encrypt: z.boolean().optional() }))
    .max(32)
    .optional(),
  encodings: z
    .array(
      z.object({
        ssrc: uint32.optional(),
        rid: oneLine.min(1).max(16).optional(),
        codecPayloadType: payloadType.optional(),
        rtx: z.object({ ssrc: uint32 }).optional(),
        dtx: z.boolean().optional(),
        scalabilityMode: z
          .string()
          .regex(/^[LS][1-3]T[1-3](_KEY)?$/)
          .optional(),
        maxBitrate: uint32.optional(),
      }),
    )
    .min(1)
    .max(3),
  rtcp: z
    .object({ cname: oneLine.max(256).optional(), reducedSize: z.boolean().optional() })
    .optional(),
  msid: oneLine.max(256).optional(),
})

export const rtpCapabilitiesSchema = z.object({
  codecs: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        mimeType,
        preferredPayloadType: payloadType,
        clockRate: z.int().min(1).max(1_000_000),
        channels: z.int().min(1).max(16).optional(),
        parameters: parameters.optional(),
        rtcpFeedback: rtcpFeedback.optional(),
      }),
    )
    .min(1)
    .max(64),
  headerExtensions: z
    .array(
      z.object({
        kind: z.enum(['audio', 'video']),
        uri,
        preferredId: z.int().min(1).max(255),
        preferredEncrypt: z.boolean().optional(),
        direction: z.enum(['sendrecv', 'sendonly', 'recvonly', 'inactive']).optional(),
      }),
    )
    .max(64)
    .optional(),
})

export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z
    .array(
      z.object({
        algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']),
        value: z.string().regex(/^([\dA-Fa-f]{2}:){15,63}[\dA-Fa-f]{2}$/),
      }),
    )
    .min(1)
    .max(8),
})

import type { types } from 'mediasoup'

/**
 * One codec per kind, so that whoever can receive anything can receive everybody: Opus with in-band
 * FEC for lossy lines and DTX for silence, VP8 as every browser encodes and decodes it in simulcast.
 */
export const mediaCodecs: types.RouterRtpCodecCapability[] = [
  {
    kind: 'audio',
    mimeType: 'audio/opus',
    clockRate: 48_000,
    channels: 2,
    parameters: { useinbandfec: 1, usedtx: 1 },
  },
  { kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 },
]

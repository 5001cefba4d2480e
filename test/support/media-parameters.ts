import { randomInt } from 'node:crypto'

/** What a browser would send, by hand: mediasoup takes it without a packet ever coming. */
export const dtlsParameters = {
  role: 'client',
  fingerprints: [
    {
      algorithm: 'sha-256',
      value: Array.from({ length: 32 }, (_, n) => n.toString(16).padStart(2, '0')).join(':'),
    },
  ],
}

const ssrc = () => randomInt(1, 0xffff_ffff)

/** Opus as a microphone sends it; its own SSRC and MID each time. */
export function opusParameters() {
  return {
    mid: `a${ssrc()}`,
    codecs: [
      {
        mimeType: 'audio/opus',
        payloadType: 111,
        clockRate: 48_000,
        channels: 2,
        parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 },
        rtcpFeedback: [{ type: 'transport-cc' }, { type: 'nack' }],
      },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
      { uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', id: 1 },
    ],
    encodings: [{ ssrc: ssrc(), dtx: true }],
    rtcp: { cname: 'caseroom', reducedSize: true },
  }
}

/** VP8 in three layers. */
export function vp8Parameters() {
  return {
    mid: `v${ssrc()}`,
    codecs: [
      {
        mimeType: 'video/VP8',
        payloadType: 96,
        clockRate: 90_000,
        rtcpFeedback: [
          { type: 'nack' },
          { type: 'nack', parameter: 'pli' },
          { type: 'ccm', parameter: 'fir' },
          { type: 'transport-cc' },
        ],
      },
    ],
    headerExtensions: [
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4 },
      { uri: 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id', id: 10 },
    ],
    encodings: ['r0', 'r1', 'r2'].map((rid) => ({ rid, maxBitrate: 500_000 })),
    rtcp: { cname: 'caseroom', reducedSize: true },
  }
}

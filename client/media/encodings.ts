import type { types } from 'mediasoup-client'
import type { MediaSource } from '../../shared/protocol/media.ts'

const voiceBitsPerSecond = 32_000
const framesPerSecond = 30

type Options = Pick<types.ProducerOptions, 'encodings' | 'codecOptions'>

/** Opus that hides losses and is silent in silence; VP8 in three sizes, the smallest first. */
export const encodingsOf: Record<MediaSource, Options> = {
  microphone: {
    encodings: [{ maxBitrate: voiceBitsPerSecond, priority: 'high', networkPriority: 'high' }],
    codecOptions: {
      opusFec: true,
      opusDtx: true,
      opusStereo: false,
      opusMaxAverageBitrate: voiceBitsPerSecond,
    },
  },
  view: {
    encodings: [
      { scaleResolutionDownBy: 4, maxBitrate: 150_000, maxFramerate: framesPerSecond },
      { scaleResolutionDownBy: 2, maxBitrate: 500_000, maxFramerate: framesPerSecond },
      { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, maxFramerate: framesPerSecond },
    ],
    codecOptions: { videoGoogleStartBitrate: 1_000 },
  },
}

/** The layer whose picture fills an element of that width; a view is about 1400 px wide. */
export function layerForWidth(devicePx: number): 0 | 1 | 2 {
  if (devicePx <= 360) return 0
  return devicePx <= 720 ? 1 : 2
}

/** Anatomy that is late is better than anatomy that is blurred. */
export async function keepResolution(sender: RTCRtpSender | undefined): Promise<void> {
  if (!sender) return
  const parameters: RTCRtpSendParameters & { degradationPreference?: string } =
    sender.getParameters()
  parameters.degradationPreference = 'maintain-resolution'
  try {
    await sender.setParameters(parameters)
  } catch {
    return // a browser that does not know the preference chooses by itself
  }
}

import { encodingsOf, keepResolution } from '../../../client/media/encodings.ts'
import { openTransport } from '../../../client/media/peer-transport.ts'
import { createDevice } from '../../../client/media/rtc-device.ts'
import type { MediaAnswer, MediaSource } from '../../../shared/protocol/media.ts'

export interface SendingPage {
  /** The signalling, without a room in between. */
  askBench(request: object): Promise<MediaAnswer>
  /** Sends the fake microphone and the fake camera, as the product sends voice and view. */
  sendBoth(): Promise<void>
}

declare global {
  interface Window extends SendingPage {}
}

const ask: Parameters<typeof openTransport>[0] = async (method, fields) => {
  const answer = await window.askBench({ method, ...fields })
  if (!answer.ok) throw new Error(answer.message)
  return answer as never
}

window.sendBoth = async () => {
  const { rtpCapabilities } = await ask('join', {})
  const device = await createDevice()
  await device.load({ routerRtpCapabilities: rtpCapabilities })
  const transport = await openTransport(ask, device, 'send')
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: 1280, height: 720, frameRate: 30 },
  })
  const [voice] = stream.getAudioTracks()
  const [picture] = stream.getVideoTracks()
  const send = (source: MediaSource, track: MediaStreamTrack | undefined) =>
    transport.produce({ ...encodingsOf[source], ...(track && { track }), appData: { source } })
  await send('microphone', voice)
  await keepResolution((await send('view', picture)).rtpSender)
}

import type { types } from 'mediasoup-client'
import type { IceServer, MediaSource } from '../../shared/protocol/media.ts'
import type { Ask } from './ask.ts'
import type { Device, Transport } from './rtc-device.ts'

export type Direction = 'send' | 'receive'

/** What a producer of ours carries for the signalling. */
export interface SentAs extends Record<string, unknown> {
  readonly source: MediaSource
}

/** Connects by itself with the first thing that goes over it. */
export async function openTransport(
  ask: Ask,
  device: Device,
  direction: Direction,
  iceServers: IceServer[] = [],
): Promise<Transport> {
  const { transportId, ...answer } = await ask('createTransport', { direction })
  const parts = { id: transportId, ...answer, iceServers } as unknown as types.TransportOptions
  const transport =
    direction === 'send' ? device.createSendTransport(parts) : device.createRecvTransport(parts)
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    ask('connectTransport', { transportId, dtlsParameters: { ...dtlsParameters } }).then(
      done,
      failed,
    )
  })
  transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
    const { source } = appData as SentAs
    const paused = appData.paused === true
    const wanted = { transportId, source, kind, rtpParameters: { ...rtpParameters }, paused }
    ask('produce', wanted).then(({ producerId }) => done({ id: producerId }), failed)
  })
  return transport
}

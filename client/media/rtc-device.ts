import type { Device } from 'mediasoup-client/types'
import { noWebRtc } from './words.ts'

export type { Consumer, Device, Producer, Transport } from 'mediasoup-client/types'

/** This browser has no WebRTC; the message is for the person. */
export class NoWebRtcError extends Error {
  override readonly name = 'NoWebRtcError'
}

/** A chunk of its own: the lobby does without it. */
export const loadClient = () => import('mediasoup-client')

export async function createDevice(): Promise<Device> {
  if (!('RTCPeerConnection' in globalThis)) throw new NoWebRtcError(noWebRtc)
  const { Device } = await loadClient()
  try {
    return await Device.factory()
  } catch (cause) {
    throw new NoWebRtcError(noWebRtc, { cause })
  }
}

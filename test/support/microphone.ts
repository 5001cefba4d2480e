import type { types } from 'mediasoup'
import { opusParameters } from './media-parameters.ts'

export interface Microphone {
  readonly producer: types.Producer
  /** The level that its packets tell, 0 to −127; undefined: no packets. */
  dBov: number | undefined
  close(): void
}

const packetMs = 20

/** Sends a router Opus as a browser does, 50 packets a second, without a line in between. */
export async function openMicrophone(router: types.Router): Promise<Microphone> {
  const transport = await router.createDirectTransport()
  const rtpParameters = opusParameters() as types.RtpParameters
  const producer = await transport.produce({ kind: 'audio', rtpParameters })
  const packets = packetsOf(rtpParameters)
  const sending = setInterval(() => {
    if (microphone.dBov !== undefined) producer.send(packets(microphone.dBov))
  }, packetMs)
  const microphone: Microphone = {
    producer,
    dBov: undefined,
    close: () => {
      clearInterval(sending)
      transport.close()
    },
  }
  return microphone
}

/** RTP (RFC 3550 §5.1) with the one-byte extension of RFC 6464, and a payload nobody decodes. */
function packetsOf({ codecs, encodings, headerExtensions }: types.RtpParameters) {
  const level = headerExtensions?.find(({ uri }) => uri.endsWith(':ssrc-audio-level'))?.id ?? 0
  let sequenceNumber = 0
  return (dBov: number): Buffer => {
    const packet = Buffer.alloc(12 + 8 + 40)
    packet[0] = 0x90 // version 2, with an extension
    packet[1] = codecs[0]?.payloadType ?? 0
    packet.writeUInt16BE(sequenceNumber & 0xffff, 2)
    packet.writeUInt32BE(sequenceNumber * 48 * packetMs, 4)
    packet.writeUInt32BE(encodings?.[0]?.ssrc ?? 0, 8)
    packet.writeUInt16BE(0xbede, 12)
    packet.writeUInt16BE(1, 14) // words of 32 bits
    packet[16] = level << 4
    packet[17] = 0x80 | -dBov // voice activity
    sequenceNumber++
    return packet
  }
}

import { randomBytes } from 'node:crypto'
import type { types } from 'mediasoup'

export interface SyntheticConsumer {
  readonly consumer: types.Consumer
  close(): void
}

/**
 * Somebody who receives one producer as a browser does, as far as the worker's work goes: a
 * transport of their own, RTP in SRTP over UDP. What they do not do is answer by RTCP.
 */
export async function addConsumer(
  router: types.Router,
  producerId: string,
  sinkPort: number,
): Promise<SyntheticConsumer> {
  const transport = await router.createPlainTransport({
    listenInfo: { protocol: 'udp', ip: '127.0.0.1' },
    rtcpMux: true,
    enableSrtp: true,
    srtpCryptoSuite: 'AEAD_AES_128_GCM',
  })
  await transport.connect({
    ip: '127.0.0.1',
    port: sinkPort,
    srtpParameters: {
      cryptoSuite: 'AEAD_AES_128_GCM',
      keyBase64: randomBytes(28).toString('base64'),
    },
  })
  const { rtpCapabilities } = router
  const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true })
  await consumer.resume()
  return { consumer, close: () => transport.close() }
}

/** Of what these consumers have sent so far. */
export async function bytesSent(consumers: readonly SyntheticConsumer[]): Promise<number> {
  const stats = await Promise.all(consumers.map(({ consumer }) => consumer.getStats()))
  return stats
    .flat()
    .filter(({ type }) => type === 'outbound-rtp')
    .reduce((sum, { byteCount }) => sum + byteCount, 0)
}

import { Worker } from 'node:worker_threads'

/** Binds a UDP port and never reads it: what arrives is dropped by the kernel, and costs nobody. */
const body = `
const { parentPort } = require('node:worker_threads')
const socket = require('node:dgram').createSocket('udp4')
socket.bind(0, '127.0.0.1', () => {
  parentPort.postMessage(socket.address().port)
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})
`

export async function openSilentSink() {
  const thread = new Worker(body, { eval: true })
  const port = await new Promise<number>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
  })
  return { port, close: () => thread.terminate() }
}

import { writeFileSync } from 'node:fs'

const sampleRate = 48_000
const seconds = 2

/** A WAV file of one steady tone, 16 bit mono, for Chromium's fake microphone to repeat. */
export function writeToneFile(path: string, frequencyHz = 440): void {
  const samples = Int16Array.from({ length: sampleRate * seconds }, (_, n) =>
    Math.round(12_000 * Math.sin((2 * Math.PI * frequencyHz * n) / sampleRate)),
  )
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  writeFileSync(path, Buffer.concat([header, Buffer.from(samples.buffer)]))
}

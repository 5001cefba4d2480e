import { createCipheriv } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import type { Transform } from 'node:stream'

/**
 * A file that lies on disk encrypted only, AES-256 in counter mode: any part of it can be read
 * without the rest. What was sent identifies people, and a key kept in memory makes what a killed
 * process left unreadable.
 */
export interface SealedFile {
  readonly path: string
  /** Of the content; the sealed bytes are as many. */
  readonly bytes: number
  /** 32 bytes, shared by the files of one import. */
  readonly key: Uint8Array
  /** Never the same for two files of one key. */
  readonly number: number
}

const blockBytes = 16

/** Encrypts what is about to be written, from its first byte on. */
export function sealing(key: Uint8Array, number: number): Transform {
  return createCipheriv('aes-256-ctr', key, counterAt(number, 0))
}

/** A sealed file open for reading; its content, not what is on disk. */
export class SealedReader implements AsyncDisposable {
  readonly bytes: number
  readonly #file: SealedFile
  readonly #handle: FileHandle

  private constructor(file: SealedFile, handle: FileHandle) {
    this.bytes = file.bytes
    this.#file = file
    this.#handle = handle
  }

  static async open(file: SealedFile): Promise<SealedReader> {
    return new SealedReader(file, await open(file.path))
  }

  /** In memory of its own; shorter than asked where the file ends. */
  async read(position: number, length: number): Promise<Buffer<ArrayBuffer>> {
    const buffer = Buffer.from(new ArrayBuffer(length))
    const { bytesRead } = await this.#handle.read(buffer, 0, length, position)
    const read = buffer.subarray(0, bytesRead)
    unseal(this.#file, read, position)
    return read
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#handle.close()
  }
}

/** Waits for the disk: for worker threads. Returns how many bytes there were. */
export function readSealedSync(file: SealedFile, into: Uint8Array, position: number): number {
  const handle = openSync(file.path, 'r')
  try {
    const bytesRead = readSync(handle, into, 0, into.length, position)
    unseal(file, into.subarray(0, bytesRead), position)
    return bytesRead
  } finally {
    closeSync(handle)
  }
}

/** In place. */
function unseal({ key, number }: SealedFile, bytes: Uint8Array, position: number): void {
  const decipher = createCipheriv('aes-256-ctr', key, counterAt(number, position))
  const skipped = position % blockBytes
  if (skipped > 0) decipher.update(new Uint8Array(skipped))
  bytes.set(decipher.update(bytes))
}

/** The file's number in the upper half of the counter, the block's in the lower. */
function counterAt(number: number, position: number): Buffer {
  const counter = Buffer.alloc(blockBytes)
  counter.writeBigUInt64BE(BigInt(number), 0)
  counter.writeBigUInt64BE(BigInt(Math.floor(position / blockBytes)), 8)
  return counter
}

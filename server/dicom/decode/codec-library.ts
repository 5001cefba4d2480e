import { DicomError } from '../problem.ts'

type Library = typeof import('dcmjs-codecs')
type Native = Library['NativeCodecs']
type Context = ConstructorParameters<Library['Context']>[0]
export type DecodeMethod = 'decodeJpegLs' | 'decodeJpeg2000' | 'decodeHtJpeg2000' | 'decodeJpeg'

/** An image this large leaves the decoders with memory that they never give back. */
const largeImageBytes = 32 * 1024 * 1024

/** JPEG decoders tell of a cut or broken image in passing, and invent the rest. */
const damage = /premature end|bad Huffman code|Inconsistent progression/

/** The WebAssembly decoders of this thread. */
class CodecLibrary {
  readonly #library: Library
  #isDamaged = false

  private constructor(library: Library) {
    this.#library = library
  }

  static async load(): Promise<CodecLibrary> {
    const { default: library } = (await import('dcmjs-codecs')) as unknown as { default: Library }
    // It would write to standard output of its own accord; a refusal is told once, by us.
    library.log.setLevel('silent')
    await library.NativeCodecs.initializeAsync({ logCodecsInfo: true })
    const codecs = new CodecLibrary(library)
    library.log.info = (...words: unknown[]) => codecs.#listen(words)
    return codecs
  }

  /** Two images may wait for one library, and the first of them end it. */
  get isUsable(): boolean {
    return this.#library.NativeCodecs.isInitialized()
  }

  /** Throws `pixel-decode-failed`. */
  decode(method: DecodeMethod, context: Context): Uint8Array<ArrayBuffer> {
    const { Context, NativeCodecs } = this.#library
    this.#isDamaged = false
    const decoded = this.#run(NativeCodecs, method, new Context(context))
    if (!decoded || this.#isDamaged) throw new DicomError('pixel-decode-failed')
    if (decoded.length >= largeImageBytes) end(NativeCodecs)
    return decoded as Uint8Array<ArrayBuffer>
  }

  #run(native: Native, method: DecodeMethod, context: InstanceType<Library['Context']>) {
    try {
      return native[method](context).getDecodedBuffer()
    } catch (cause) {
      // A trap leaves the decoder's memory in an unknown state: the next image gets a new one.
      end(native)
      throw new DicomError('pixel-decode-failed', undefined, { cause })
    }
  }

  #listen(words: readonly unknown[]): void {
    if (words.some((each) => damage.test(String(each)))) this.#isDamaged = true
  }
}

let loading: Promise<CodecLibrary> | undefined

/** Loaded on first need: native pixels do without. */
export async function codecLibrary(): Promise<CodecLibrary> {
  for (;;) {
    loading ??= CodecLibrary.load()
    const waitedFor = loading
    const library = await waitedFor
    if (library.isUsable) return library
    if (loading === waitedFor) loading = undefined
  }
}

function end(native: Native): void {
  native.release()
  loading = undefined
}

import { DicomError } from '../problem.ts'

type Library = typeof import('dcmjs-codecs')
type Native = Library['NativeCodecs']
type Context = ConstructorParameters<Library['Context']>[0]
type DecodeMethod = 'decodeJpegLs' | 'decodeJpeg2000' | 'decodeHtJpeg2000' | 'decodeJpeg'

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

  /** Not so where two images waited for one library, and the first of them ended it. */
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

/** Bytes as the decoder leaves them. Loaded on first need: native pixels do without. */
export async function decodeWith(
  method: DecodeMethod,
  context: Context,
): Promise<Uint8Array<ArrayBuffer>> {
  for (;;) {
    loading ??= CodecLibrary.load()
    const library = await loading
    if (library.isUsable) return library.decode(method, context)
  }
}

function end(native: Native): void {
  native.release()
  loading = undefined
}

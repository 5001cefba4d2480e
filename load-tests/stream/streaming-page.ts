import { join } from 'node:path'
import type { Streamed } from '../../test/browser/pages/stream/stream-page.ts'
import { openVolumePage } from '../../test/browser/pages/volume/open-volume-page.ts'
import { type LinkShape, ShapedLink } from './shaped-link.ts'
import type { VolumeTree } from './volume-tree.ts'

const pageFolder = join(import.meta.dirname, '../../test/browser/pages/stream')

interface Opening {
  readonly tree: VolumeTree
  readonly link: LinkShape
  readonly until: 'first picture' | 'whole'
  /** Default: a volume that the page has not seen. */
  readonly again?: boolean
}

/** A page that draws one volume and nothing else, behind a line of any shape. */
export class StreamingPage {
  readonly #page: Awaited<ReturnType<typeof openVolumePage>>
  readonly #serving: { tree?: VolumeTree; link?: ShapedLink }
  #volume = 0

  private constructor(
    page: Awaited<ReturnType<typeof openVolumePage>>,
    serving: { tree?: VolumeTree; link?: ShapedLink },
  ) {
    this.#page = page
    this.#serving = serving
  }

  static async open(): Promise<StreamingPage> {
    const serving: { tree?: VolumeTree; link?: ShapedLink } = {}
    const page = await openVolumePage({
      pageFolder,
      serve: (request, response) => {
        const key = /^\/volume-\d+(\/.*)$/.exec(request.url ?? '')?.[1]
        if (!key || !serving.link) return false
        serving.link.answer(request, response, serving.tree?.keys.get(key))
        return true
      },
    })
    return new StreamingPage(page, serving)
  }

  /** Opens a volume, turning it all the while. */
  async stream({ tree, link, until, again = false }: Opening): Promise<Streamed> {
    this.#serving.link?.close()
    this.#serving.tree = tree
    this.#serving.link = new ShapedLink(link)
    if (!again) this.#volume++
    return this.#page.page.evaluate((request) => window.streamBench.stream(request), {
      manifest: tree.manifest,
      zarrUrl: `/volume-${this.#volume}`,
      sizePixels: 256,
      distanceM: 0.6,
      turning: true,
      until,
    })
  }

  /** Frames of the volume that was opened last, ms, with nothing coming. */
  turn(frames: number): Promise<number[]> {
    return this.#page.page.evaluate((count) => window.streamBench.turn(count), frames)
  }

  async close(): Promise<void> {
    this.#serving.link?.close()
    await this.#page.close()
  }
}

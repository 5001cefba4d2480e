import {
  openVolumePage,
  type VolumePage,
} from '../../test/browser/pages/volume/open-volume-page.ts'
import type { Series } from './series.ts'

export interface VoxelPage extends VolumePage {
  /** Serves these voxels from now on; their address. */
  offer(volume: Series): string
}

/** A page with a server that has one volume's voxels at a time. Whoever opens it closes it. */
export async function openVoxelPage(pageFolder?: string): Promise<VoxelPage> {
  let [url, bytes] = ['', Buffer.alloc(0)]
  let count = 0
  const page = await openVolumePage({
    ...(pageFolder && { pageFolder }),
    serve: (request, response) => {
      if (request.url !== url) return false
      response.writeHead(200).end(bytes)
      return true
    },
  })
  return {
    ...page,
    offer({ voxels }) {
      url = `/voxels/${++count}`
      bytes = Buffer.from(voxels.buffer)
      return url
    },
  }
}

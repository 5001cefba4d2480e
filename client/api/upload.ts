import { z } from 'zod'
import { offline, refused } from './http.ts'

const accepted = z.object({ importId: z.string() })

export interface Upload {
  /** The job's id, once every byte is with the server. Throws an ApiError. */
  readonly importId: Promise<string>
  cancel(): void
}

/**
 * Sends files as one import. They are named by their place in the list: a file's own name may hold
 * a patient's. An XMLHttpRequest, since fetch tells nothing of how far an upload has come.
 */
export function upload(files: readonly File[], sent: (fraction: number) => void): Upload {
  const request = new XMLHttpRequest()
  const importId = new Promise<string>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => {
      if (total > 0) sent(loaded / total)
    })
    request.addEventListener('load', () => {
      if (request.status !== 202) return reject(refused(request.status, request.responseText))
      resolve(accepted.parse(JSON.parse(request.responseText)).importId)
    })
    request.addEventListener('error', () => reject(offline()))
    request.addEventListener('abort', () => reject(new DOMException('cancelled', 'AbortError')))
  })
  const form = new FormData()
  files.forEach((file, index) => {
    form.append('files', file, `${index}`)
  })
  request.open('POST', '/api/imports')
  request.send(form)
  return { importId, cancel: () => request.abort() }
}

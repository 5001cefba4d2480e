import type { FirstFrame, VolumeRequest } from '../../test/browser/pages/volume/bench-page.ts'
import { psnrDb } from '../../test/browser/pages/volume/likeness.ts'
import type { Pixels } from '../../test/browser/pages/volume/open-volume-page.ts'
import type { Scene } from './scene.ts'
import { viewOf } from './views.ts'

/** How the ray-marcher goes: at fixed quality, steps counted in voxels. */
export interface March {
  readonly stepVoxels: number
  readonly probe?: 'fetches'
  /** No skipping, no shortcuts: light at every sample. */
  readonly plain?: boolean
}

export const lean: March = { stepVoxels: 1 }
export const plain: March = { stepVoxels: 1, plain: true }
/** Eight samples a voxel: what pictures are held against. */
export const reference: March = { stepVoxels: 0.125, plain: true }

export const readsAtDegrees = 20

function requestOf({ volume, knots, voxelsUrl }: Scene, march: March): VolumeRequest {
  const { dims, patientFromVoxel } = volume
  const options = {
    transferFunction: knots,
    quality: 'fixed' as const,
    ...march,
    ...(march.plain && { skipping: false }),
  }
  return {
    voxels: { dims, patientFromVoxel: [...patientFromVoxel], type: 'int16', url: voxelsUrl },
    options,
  }
}

export const loadMarch = (scene: Scene, march: March): Promise<void> =>
  scene.page.page.evaluate((asked) => window.bench.load(asked), requestOf(scene, march))

export async function pictureOf(scene: Scene, march: March, degrees: number): Promise<Pixels> {
  await loadMarch(scene, march)
  return scene.page.draw(viewOf(scene.volume, degrees), scene.size)
}

/** Of 3D textures, on the average of all pixels. */
export async function readsOf(scene: Scene, march: March, degrees: number): Promise<number> {
  const { rgba } = await pictureOf(scene, { ...march, probe: 'fetches' }, degrees)
  let sum = 0
  for (let n = 0; n < rgba.length; n += 4) sum += (rgba[n] ?? 0) + 256 * (rgba[n + 1] ?? 0)
  return sum / (rgba.length / 4)
}

/** Milliseconds of a frame of the march that was loaded last and has drawn before. */
export const frameMs = ({ page, volume, size }: Scene, degrees: number): Promise<number> =>
  page.page.evaluate(
    ([view, pixels]) => {
      window.bench.look(view, pixels)
      return window.bench.timeDrawing()
    },
    [viewOf(volume, degrees), size] as const,
  )

/** As a page shows it: adaptive, so that something coarser may come first. */
export function firstFrame(scene: Scene): Promise<FirstFrame> {
  const { voxels, options } = requestOf(scene, lean)
  const request: VolumeRequest = { voxels, options: { ...options, quality: 'adaptive' } }
  return scene.page.page.evaluate(
    ([request, view, size]) => window.bench.timeFirstFrame(request, view, size),
    [request, viewOf(scene.volume, 0), scene.size] as const,
  )
}

export interface Likeness {
  readonly leanDb: number
  readonly plainDb: number
}

/** The lean picture and the plain one, both against eight samples a voxel. */
export async function likenessOf(scene: Scene, degrees: number): Promise<Likeness> {
  const against = (await pictureOf(scene, reference, degrees)).rgba
  return {
    plainDb: psnrDb((await pictureOf(scene, plain, degrees)).rgba, against),
    leanDb: psnrDb((await pictureOf(scene, lean, degrees)).rgba, against),
  }
}

import { transform, transformVector, type Vec3 } from '../../../../shared/geometry/transform.ts'
import { length, normalize } from '../../../../shared/geometry/vector.ts'
import { centreOfBox } from '../../../../shared/geometry/volume-pose.ts'
import { presetsFor, type VolumePreset } from '../../../../shared/volume/presets.ts'
import type { View } from './bench-page.ts'
import { openVolumePage, type Pixels, type VolumePage } from './open-volume-page.ts'
import { worldOf } from './phantoms.ts'
import { type SampleVolume, sampleFolders, sampleVolume } from './sample-volumes.ts'

/** Pixels, each way. */
export const gallerySize = 320

/** From where the eye looks, in patient space. */
const towardsEye: Readonly<Record<string, Vec3>> = {
  front: [0, -1, 0],
  oblique: normalize([0.7, -0.8, 0.55]),
}

export interface Gallery {
  readonly page: VolumePage
  /** Each preset of the volume's modality, from each side, as NAME-PRESET-SIDE. */
  pictures(name: string): AsyncGenerator<{ readonly name: string; readonly picture: Pixels }>
  close(): Promise<void>
}

export const sampleNames = Object.keys(sampleFolders)

export async function openGallery(gl: 'mesa' | 'swiftshader' = 'mesa'): Promise<Gallery> {
  let bytes = new Uint8Array()
  const page = await openVolumePage({
    gl,
    serve: (request, response) => {
      if (!request.url?.startsWith('/voxels')) return false
      response.writeHead(200).end(bytes)
      return true
    },
  })
  return {
    page,
    async *pictures(name) {
      const volume = await sampleVolume(sampleFolders[name] ?? '')
      bytes = new Uint8Array(volume.bytes)
      for (const preset of presetsFor(volume.modality)) {
        await load(page, name, volume, preset)
        for (const [side, towards] of Object.entries(towardsEye)) {
          const picture = await page.draw(viewFrom(volume, towards), gallerySize)
          yield { name: `${name}-${preset.presetId}-${side}`, picture }
        }
      }
    },
    close: () => page.close(),
  }
}

async function load(
  { page }: VolumePage,
  name: string,
  { window: own, ...volume }: SampleVolume,
  preset: VolumePreset,
): Promise<void> {
  const { dims, patientFromVoxel, type, paddingValue } = volume
  const over = preset.window ?? own
  await page.evaluate((asked) => window.bench.load(asked), {
    voxels: {
      dims,
      patientFromVoxel: [...patientFromVoxel],
      type,
      url: `/voxels/${name}`,
      ...(paddingValue !== undefined && { paddingValue }),
    },
    options: {
      presetId: preset.presetId,
      renderMode: preset.renderMode ?? 'composite',
      quality: 'fixed' as const,
      stepVoxels: 1,
      ...(over && { window: over }),
    },
  })
}

/** Upright, parallel rays, the volume's box in the middle. */
function viewFrom({ dims, patientFromVoxel }: SampleVolume, towards: Vec3): View {
  const matrix = transform<'patient', 'voxel'>(patientFromVoxel)
  const target = worldOf(centreOfBox(matrix, dims))
  const [x, y, z] = worldOf(towards)
  const away = 2000
  return {
    eye: [target[0] + away * x, target[1] + away * y, target[2] + away * z],
    target,
    up: [0, 1, 0],
    heightM: (0.8 * length(transformVector(matrix, dims))) / 1000,
  }
}

import type { FindingMark } from '../../../../shared/findings/finding-mark.ts'
import type { Findings, FindingVolume } from '../../../../shared/findings/findings.ts'
import { transform, transformPoint, type Vec3 } from '../../../../shared/geometry/transform.ts'
import type { Origin, OriginalInstance } from '../../vault/origin.ts'
import type { Equipment } from '../equipment.ts'

/** Oblique, anisotropic, sheared: i, j and k step by vectors of which no two are alike. */
export const volume: FindingVolume = {
  volumeId: 'volume-ct',
  modality: 'CT',
  dims: [40, 30, 12],
  patientFromVoxel: [0.6, -0.3, 0.25, 10, 0.45, 0.4, 0, -20, 0, 0.1, 2, 30, 0, 0, 0, 1],
}

export const equipment: Equipment = { softwareVersion: '0.1.0', deviceSerialNumber: '5f3a9c' }

const ctImage = '1.2.840.10008.5.1.4.1.1.2'
const petImage = '1.2.840.10008.5.1.4.1.1.130'

const slice = (k: number): OriginalInstance => ({
  sopClassUID: ctImage,
  sopInstanceUID: `1.2.826.0.1.3680043.9.1.${k}`,
})

/** Slice 7 was filled in between its neighbours; the second volume is one multi-frame instance. */
export const origin: Origin = {
  patient: {
    patientName: 'Yamada^Tarou=山田^太郎=やまだ^たろう',
    patientId: 'HOSP-4711',
    issuerOfPatientId: 'St. Änne',
    patientBirthDate: '19500317',
    patientSex: 'F',
  },
  study: {
    studyInstanceUID: '1.2.826.0.1.3680043.9.2',
    studyId: 'S42',
    studyDate: '20240229',
    studyTime: '101112.5',
    accessionNumber: 'ACC0815',
    referringPhysicianName: 'Müller^Jürgen',
    studyDescription: 'Thorax nativ, früh',
  },
  volumes: [
    {
      volumeId: volume.volumeId,
      modality: 'CT',
      seriesInstanceUID: '1.2.826.0.1.3680043.9.3',
      frameOfReferenceUID: '1.2.826.0.1.3680043.9.4',
      slices: Array.from({ length: 12 }, (_, k) => (k === 7 ? undefined : slice(k))),
    },
    {
      volumeId: 'volume-pt',
      modality: 'PT',
      seriesInstanceUID: '1.2.826.0.1.3680043.9.5',
      frameOfReferenceUID: '1.2.826.0.1.3680043.9.6',
      slices: Array.from({ length: 12 }, (_, k) => ({
        sopClassUID: petImage,
        sopInstanceUID: '1.2.826.0.1.3680043.9.7',
        frameNumber: k + 1,
      })),
    },
  ],
}

const patientFromVoxel = transform<'patient', 'voxel'>(volume.patientFromVoxel)
export const atVoxel = (voxel: Vec3): Vec3 => transformPoint(patientFromVoxel, voxel)

const mark = (
  annotationId: string,
  kind: FindingMark['kind'],
  voxels: readonly Vec3[],
  more: Partial<FindingMark> = {},
): FindingMark => ({
  annotationId,
  volumeId: volume.volumeId,
  kind,
  pointsMm: voxels.map(atVoxel),
  authorName: 'Dr Ada Résidente',
  atMs: Date.UTC(2026, 0, 5, 12, 1),
  ...more,
})

/** One mark of every kind, and one in the multi-frame volume. */
export const findings: Findings = {
  sendingId: 'c7b1f0de-6f0c-4a52-9a0f-0d9f6f6c8a11',
  atMs: Date.UTC(2026, 0, 5, 13, 30),
  signedBy: 'Dr Okafor',
  volumes: [volume, { ...volume, volumeId: 'volume-pt', modality: 'PT' }],
  marks: [
    mark('point', 'point', [[3.25, 4.5, 2.1]], { text: 'Rundherd, größer als früher' }),
    mark('arrow', 'arrow', [
      [1, 2, 0],
      [8, 9, 4.4],
    ]),
    mark('text', 'text', [[12, 3, 7]], { text: 'In a slice between two others' }),
    mark('length', 'length', [
      [2, 2, 5],
      [22, 12, 5],
    ]),
    mark('angle', 'angle', [
      [2, 2, 9],
      [10, 2, 9],
      [10, 20, 9],
    ]),
    mark('pet', 'point', [[1, 1, 8]], { volumeId: 'volume-pt' }),
  ],
  keyImages: [
    {
      keyImageId: 'picture',
      takenAtMs: Date.UTC(2026, 0, 5, 13, 5),
      takenBy: 'Dr Okafor',
      columns: 5,
      rows: 3,
      rgb: () => Uint8Array.from({ length: 45 }, (_, n) => 5 * n),
    },
  ],
  minutes: {
    text: 'Agreed: surgery first.\nControl in 6 weeks — “früher” if fever.',
    openedAtMs: Date.UTC(2026, 0, 5, 12),
    closedAtMs: Date.UTC(2026, 0, 5, 13),
    participants: [{ name: 'Dr Okafor' }, { name: 'Dr Ada Résidente' }],
  },
}

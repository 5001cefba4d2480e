import type { PaneId } from './station-layout.ts'

export const paneNames: Readonly<
  Record<PaneId, { readonly name: string; readonly short: string }>
> = {
  volume: { name: '3D', short: '3D' },
  axial: { name: 'Axial', short: 'Ax' },
  coronal: { name: 'Coronal', short: 'Cor' },
  sagittal: { name: 'Sagittal', short: 'Sag' },
  oblique: { name: 'Oblique', short: 'Obl' },
}

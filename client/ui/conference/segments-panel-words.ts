import type { VolumeLabel } from '../../../shared/volume/manifest.ts'

const algorithms: Readonly<Record<NonNullable<VolumeLabel['algorithmType']>, string>> = {
  AUTOMATIC: 'by algorithm',
  SEMIAUTOMATIC: 'by hand and algorithm',
  MANUAL: 'by hand',
}

/** Where a segment comes from, as "Segmentation, by hand" (PS3.3 C.8.20.4, 0062,0008). */
export function sourceWords({ source, algorithmType }: VolumeLabel): string {
  const kind = source === 'SEG' ? 'Segmentation' : 'Contours'
  return algorithmType ? `${kind}, ${algorithms[algorithmType]}` : kind
}

/** Three figures of millilitres, as "0.042 ml", "6.13 ml", "1,540 ml". */
export function millilitres(mm3: number): string {
  const ml = mm3 / 1000
  const decimals = ml >= 100 ? 0 : ml >= 10 ? 1 : ml >= 1 ? 2 : 3
  const figures = new Intl.NumberFormat('en', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
  return `${figures.format(ml)} ml`
}

import type { Slicing } from '../../../shared/conference/looks.ts'
import type { Projection } from '../../../shared/volume/slice.ts'

export const projectionNames: Readonly<Record<Projection, string>> = {
  average: 'Average',
  mip: 'MIP',
  minip: 'MinIP',
}

/** "10 mm MIP"; nothing of a thin slice. */
export function slabWords({ slabMm, projection }: Pick<Slicing, 'slabMm' | 'projection'>): string {
  if (slabMm === 0) return ''
  const name = projection === 'average' ? 'average' : projectionNames[projection]
  return `${Number(slabMm.toFixed(1))} mm ${name}`
}

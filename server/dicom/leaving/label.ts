import type { Stack } from '../assemble/stack.ts'
import { kernelCode, kernelWords } from './kernel.ts'
import { millimetres } from './words.ts'

/**
 * Series in words, from codes and numbers alone, as `CT · axial · lung kernel · 3.27 mm`; `parts`
 * tell it from others of its series.
 */
export function seriesLabel(stack: Stack, parts: readonly string[]): string {
  const { modality, dataSet } = stack.instances[0]!
  const kernel = kernelCode(dataSet.string('ConvolutionKernel'))
  const technique =
    modality === 'CT'
      ? kernel && kernelWords(kernel)
      : sequenceWords(dataSet.strings('ScanningSequence'))
  const name = modality === 'PT' ? 'PET' : modality
  const gap = millimetres(stack.sliceGapMm)
  return [name, planeWords(stack), technique, gap, ...parts].filter(Boolean).join(' · ')
}

const sequenceNames: Readonly<Record<string, string>> = {
  SE: 'spin echo',
  IR: 'inversion recovery',
  GR: 'gradient echo',
  EP: 'echo planar',
}

function sequenceWords(scanningSequence: readonly string[]): string | undefined {
  return scanningSequence.map((code) => sequenceNames[code]).find(Boolean)
}

/** Named for the body axis nearest to the normal; oblique beyond 25 degrees. */
function planeWords({ patientFromVoxel: m }: Stack): string {
  const normal = [
    m[4]! * m[9]! - m[8]! * m[5]!,
    m[8]! * m[1]! - m[0]! * m[9]!,
    m[0]! * m[5]! - m[4]! * m[1]!,
  ]
  const length = Math.hypot(...normal)
  const cosines = normal.map((component) => Math.abs(component / length))
  const nearest = cosines.indexOf(Math.max(...cosines))
  if (cosines[nearest]! < Math.cos((25 * Math.PI) / 180)) return 'oblique'
  return ['sagittal', 'coronal', 'axial'][nearest]!
}

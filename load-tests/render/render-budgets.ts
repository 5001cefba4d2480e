import type { JudgedBudget } from '../reporting/bench-result.ts'
import { judgeFigures } from '../reporting/judge-figures.ts'
import type { Aims } from './cases.ts'
import { type CaseComparison, type Comparison, speeds } from './compare.ts'

export function caseBudgets(name: string, aims: Aims, one: Comparison): JudgedBudget[] {
  const { size, reads, likeness, frames } = one
  const of = `${name}, ${size}²`
  return [
    judgeFigures({
      what: `${of}: 3D reads a pixel`,
      values: [reads.lean],
      unit: '',
      digits: 1,
      limit: { atMost: aims.readsPerPixel },
      why: 'a headset’s GPU waits for its memory',
    }),
    judgeFigures({
      what: `${of}: times as fast as niivue`,
      values: speeds(frames.niivue, frames.caseroom),
      unit: '×',
      digits: 1,
      limit: { atLeast: aims.timesNiivue },
      why: 'a case is turned without a stutter',
    }),
    judgeFigures({
      what: `${of}: times as fast as vtk.js`,
      values: speeds(frames.vtk, frames.caseroom),
      unit: '×',
      digits: 1,
      limit: { atLeast: aims.timesVtk },
      why: 'a case is turned without a stutter',
    }),
    judgeFigures({
      what: `${of}: below plain marching`,
      values: [likeness.plainDb - likeness.leanDb],
      unit: 'dB',
      digits: 2,
      limit: { atMost: aims.lossDb },
      why: 'speed is not bought with truth',
    }),
  ]
}

/** Of volumes of 512×512×256. */
export const firstFrameBudgets = (
  all: readonly CaseComparison['firstFrames'][],
): JudgedBudget[] => [
  judgeFigures({
    what: 'first frame of 512×512×256 from memory, four times coarser',
    values: all.map(({ caseroom }) => caseroom.firstMs),
    unit: 'ms',
    digits: 0,
    limit: { atMost: 600 },
    why: 'something true in the first second',
  }),
  judgeFigures({
    what: 'all voxels of 512×512×256 drawn, ÷ the first frame of vtk.js',
    values: all.map(({ caseroom, vtk }) => caseroom.wholeMs / vtk),
    unit: '',
    digits: 2,
    limit: { atMost: 1 },
    why: 'what comes early does not make the rest late',
  }),
]
